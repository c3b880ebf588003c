import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { courseQuerySchema, courseRowPageSchema, courseSchema } from './courses.ts';

const service = 'rewards';

export const listRedemptionCourses = defineRoute({
  service,
  name: 'list-redemption-courses',
  method: 'GET',
  path: '/v1/redemption-courses',
  permission: 'rewards.read',
  summary: { zh: '辖区的兑换', en: 'Redemptions of an area' },
  query: courseQuerySchema,
  status: 200,
  response: courseRowPageSchema,
  problems: [],
});

export const readRedemptionCourse = defineRoute({
  service,
  name: 'read-redemption-course',
  method: 'GET',
  path: '/v1/redemption-courses/{id}',
  permission: 'rewards.read',
  summary: {
    zh: '一笔兑换的全过程：步骤、券、核销、记账',
    en: 'A redemption from its request to the ledger',
  },
  params: idParams,
  status: 200,
  response: courseSchema,
  problems: [commonProblems.notFound],
});
