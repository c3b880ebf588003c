import * as z from 'zod';
import { areaCodeSchema } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { areaMapChangeSchema, areaMapSchema, maxMapBytes, setMapSchema } from './area-maps.ts';
import { directoryProblems } from './problems.ts';

const service = 'directory';
const { notFound } = commonProblems;
const params = z.strictObject({ code: areaCodeSchema });

export const setAreaMap = defineRoute({
  service,
  name: 'set-area-map',
  method: 'POST',
  path: '/v1/areas/{code}/map',
  permission: 'directory.manage',
  summary: { zh: '上传或移除区划地图', en: 'Set or take away the map of an area' },
  params,
  body: areaMapChangeSchema,
  bodyLimitBytes: maxMapBytes,
  status: 200,
  response: setMapSchema,
  problems: [notFound, directoryProblems.areaClosed, directoryProblems.mapRefused],
});

export const readAreaMap = defineRoute({
  service,
  name: 'read-area-map',
  method: 'GET',
  path: '/v1/areas/{code}/map',
  permission: 'directory.read',
  summary: { zh: '区划地图', en: 'The map of an area' },
  params,
  status: 200,
  response: areaMapSchema,
  problems: [notFound],
});
