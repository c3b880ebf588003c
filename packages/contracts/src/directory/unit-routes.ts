import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { directoryProblems } from './problems.ts';
import { unitChangeSchema, unitDetailSchema, unitSchema, unitStateChangeSchema } from './units.ts';

const { notFound, conflict, unknownArea } = commonProblems;

const service = 'directory';

export const readUnit = defineRoute({
  service,
  name: 'read-unit',
  method: 'GET',
  path: '/v1/units/{id}',
  permission: 'directory.read',
  summary: { zh: '查看单位及开闭记录', en: 'Read a unit with its states' },
  params: idParams,
  status: 200,
  response: unitDetailSchema,
  problems: [notFound],
});

export const changeUnit = defineRoute({
  service,
  name: 'change-unit',
  method: 'POST',
  path: '/v1/units/{id}/changes',
  permission: 'directory.manage',
  summary: { zh: '修改单位资料', en: 'Change what is told of a unit' },
  params: idParams,
  body: unitChangeSchema,
  status: 200,
  response: unitSchema,
  problems: [notFound],
});

export const setUnitState = defineRoute({
  service,
  name: 'set-unit-state',
  method: 'POST',
  path: '/v1/units/{id}/states',
  permission: 'directory.manage',
  summary: { zh: '开放或关闭单位', en: 'Open or close a unit' },
  params: idParams,
  body: unitStateChangeSchema,
  status: 201,
  response: unitDetailSchema,
  problems: [notFound, conflict, unknownArea, directoryProblems.areaClosed],
});
