import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { solvencySchema } from './solvency.ts';

export const readSolvency = defineRoute({
  service: 'points',
  name: 'read-solvency',
  method: 'GET',
  path: '/v1/solvency',
  permission: 'points.read',
  summary: { zh: '积分兑付能力', en: 'Outstanding points against funded stock' },
  status: 200,
  response: solvencySchema,
  problems: [commonProblems.conflict],
});
