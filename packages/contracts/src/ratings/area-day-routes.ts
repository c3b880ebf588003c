import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { areaDayQuerySchema, areaDaySchema } from './area-days.ts';

export const readAreaDay = defineRoute({
  service: 'ratings',
  name: 'read-area-day',
  method: 'GET',
  path: '/v1/area-days',
  permission: 'follow-ups.read',
  summary: { zh: '区域今日评价和整改', en: 'Ratings and follow-ups of an area today' },
  query: areaDayQuerySchema,
  status: 200,
  response: areaDaySchema,
  problems: [commonProblems.unknownArea, commonProblems.notFound],
});
