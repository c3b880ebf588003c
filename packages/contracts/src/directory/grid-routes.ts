import * as z from 'zod';
import { areaCodeSchema } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import {
  gridChangeSchema,
  gridClosingSchema,
  gridPageSchema,
  gridQuerySchema,
  gridSchema,
  newGridSchema,
} from './grids.ts';
import { directoryProblems } from './problems.ts';

const { notFound, unknownArea } = commonProblems;
const { areaClosed } = directoryProblems;

const service = 'directory';

export const createGrid = defineRoute({
  service,
  name: 'create-grid',
  method: 'POST',
  path: '/v1/grids',
  permission: 'directory.manage',
  summary: { zh: '设立网格', en: 'Create a grid' },
  body: newGridSchema,
  status: 201,
  response: gridSchema,
  problems: [
    notFound,
    unknownArea,
    areaClosed,
    directoryProblems.parentMismatch,
    directoryProblems.gridCodeTaken,
  ],
});

export const changeGrid = defineRoute({
  service,
  name: 'change-grid',
  method: 'POST',
  path: '/v1/grids/{code}/changes',
  permission: 'directory.manage',
  summary: { zh: '修改网格名称和户数', en: 'Change name and households of a grid' },
  params: z.strictObject({ code: areaCodeSchema }),
  body: gridChangeSchema,
  status: 200,
  response: gridSchema,
  problems: [notFound, areaClosed],
});

export const closeGrid = defineRoute({
  service,
  name: 'close-grid',
  method: 'POST',
  path: '/v1/grids/{code}/closing',
  permission: 'directory.manage',
  summary: { zh: '撤销网格', en: 'Close a grid' },
  params: z.strictObject({ code: areaCodeSchema }),
  body: gridClosingSchema,
  status: 200,
  response: gridSchema,
  problems: [notFound, areaClosed, directoryProblems.areaInUse],
});

export const listGrids = defineRoute({
  service,
  name: 'list-grids',
  method: 'GET',
  path: '/v1/grids',
  permission: 'directory.read',
  summary: { zh: '网格列表', en: 'List grids' },
  query: gridQuerySchema,
  status: 200,
  response: gridPageSchema,
  problems: [unknownArea],
});
