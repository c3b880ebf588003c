import * as z from 'zod';
import { areaCodeSchema, pageQuery } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { directoryProblems } from './problems.ts';
import {
  areaHistorySchema,
  areaMergeSchema,
  areaMoveSchema,
  relocationPageSchema,
  relocationSchema,
} from './relocations.ts';

const { notFound, unknownArea } = commonProblems;
const params = z.strictObject({ code: areaCodeSchema });
const relocationProblems = [
  notFound,
  unknownArea,
  directoryProblems.areaClosed,
  directoryProblems.parentMismatch,
  directoryProblems.areaInsideItself,
  directoryProblems.programmeConflict,
  directoryProblems.relocationUnderWay,
  directoryProblems.areaTooLarge,
];

const service = 'directory';

export const moveArea = defineRoute({
  service,
  name: 'move-area',
  method: 'POST',
  path: '/v1/areas/{code}/moves',
  permission: 'areas.manage',
  summary: { zh: '把区划划归另一上级', en: 'Move an area under another parent' },
  params,
  body: areaMoveSchema,
  status: 202,
  response: relocationSchema,
  problems: [...relocationProblems, directoryProblems.sameParent],
});

export const mergeArea = defineRoute({
  service,
  name: 'merge-area',
  method: 'POST',
  path: '/v1/areas/{code}/mergers',
  permission: 'areas.manage',
  summary: { zh: '把区划并入另一区划', en: 'Merge an area into another' },
  params,
  body: areaMergeSchema,
  status: 202,
  response: relocationSchema,
  problems: [...relocationProblems],
});

export const listRelocations = defineRoute({
  service,
  name: 'list-relocations',
  method: 'GET',
  path: '/v1/area-relocations',
  permission: 'directory.read',
  summary: { zh: '区划调整记录', en: 'List changes of areas' },
  query: z.strictObject(pageQuery),
  status: 200,
  response: relocationPageSchema,
  problems: [],
});

export const readAreaHistory = defineRoute({
  service,
  name: 'read-area-history',
  method: 'GET',
  path: '/v1/areas/{code}/history',
  permission: 'public',
  summary: { zh: '区划沿革', en: 'Read what an area was before' },
  params,
  query: z.strictObject(pageQuery),
  status: 200,
  response: areaHistorySchema,
  problems: [notFound],
});
