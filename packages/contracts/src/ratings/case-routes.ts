import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import {
  caseDecisionSchema,
  casePageSchema,
  caseQuerySchema,
  caseRatingsQuerySchema,
  caseSchema,
} from './case-schemas.ts';
import { ratingsProblems } from './problems.ts';
import { officerRatingPageSchema } from './review-schemas.ts';

const service = 'ratings';
const { notFound } = commonProblems;

export const listCases = defineRoute({
  service,
  name: 'list-cases',
  method: 'GET',
  path: '/v1/watch-cases',
  permission: 'ratings.review',
  summary: { zh: '待核查的异常评价', en: 'Patterns among ratings that somebody should look at' },
  query: caseQuerySchema,
  status: 200,
  response: casePageSchema,
  problems: [],
});

export const listCaseRatings = defineRoute({
  service,
  name: 'list-case-ratings',
  method: 'GET',
  path: '/v1/watch-cases/{id}/ratings',
  permission: 'ratings.review',
  summary: { zh: '异常中的评价', en: 'The ratings of a case' },
  params: idParams,
  query: caseRatingsQuerySchema,
  status: 200,
  response: officerRatingPageSchema,
  problems: [notFound],
});

export const decideCase = defineRoute({
  service,
  name: 'decide-case',
  method: 'POST',
  path: '/v1/watch-cases/{id}/decisions',
  permission: 'ratings.review',
  summary: { zh: '核查结论', en: 'Decide a case' },
  params: idParams,
  body: caseDecisionSchema,
  status: 200,
  response: caseSchema,
  problems: [notFound, ratingsProblems.ratingDecided, ratingsProblems.ownCase],
});
