import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { areaUseQuerySchema, areaUseSchema } from './area-uses.ts';

export const readAreaUse = defineRoute({
  service: 'rewards',
  name: 'read-area-use',
  method: 'GET',
  path: '/v1/area-uses',
  permission: 'rewards.read',
  summary: { zh: '区域核销数量', en: 'How many vouchers were used in an area' },
  query: areaUseQuerySchema,
  status: 200,
  response: areaUseSchema,
  problems: [commonProblems.unknownArea, commonProblems.notFound],
});
