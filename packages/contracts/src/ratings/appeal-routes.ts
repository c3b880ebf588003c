import * as z from 'zod';
import { idParams, pageQuery } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import {
  appealableQuerySchema,
  appealableRatingPageSchema,
  appealPageSchema,
  appealQuerySchema,
  appealSchema,
  ratingAppealDecisionSchema,
  ratingAppealSchema,
  staffAppealPageSchema,
  staffAppealSchema,
} from './appeals.ts';
import { ratingRefParams } from './own-schemas.ts';
import { ratingsProblems } from './problems.ts';

const service = 'ratings';
const { notFound } = commonProblems;

/** Bad ratings of the caller, or of an organization they serve in, that may be known by now. */
export const listAppealableRatings = defineRoute({
  service,
  name: 'list-appealable-ratings',
  method: 'GET',
  path: '/v1/me/appealable-ratings',
  permission: 'signed-in',
  summary: { zh: '可以申诉的差评', en: 'Bad ratings of mine that I may appeal against' },
  query: appealableQuerySchema,
  status: 200,
  response: appealableRatingPageSchema,
  problems: [],
});

export const appealRating = defineRoute({
  service,
  name: 'appeal-rating',
  method: 'POST',
  path: '/v1/me/appealable-ratings/{ref}/appeal',
  permission: 'signed-in',
  summary: { zh: '对差评申诉', en: 'Appeal against a rating' },
  params: ratingRefParams,
  body: ratingAppealSchema,
  status: 201,
  response: appealSchema,
  problems: [notFound, ratingsProblems.ratingAppealLate, ratingsProblems.ratingAppealedAlready],
});

export const listMyAppeals = defineRoute({
  service,
  name: 'list-my-appeals',
  method: 'GET',
  path: '/v1/me/appeals',
  permission: 'signed-in',
  summary: { zh: '我的申诉', en: 'My appeals' },
  query: z.strictObject(pageQuery),
  status: 200,
  response: appealPageSchema,
  problems: [],
});

export const listAppeals = defineRoute({
  service,
  name: 'list-appeals',
  method: 'GET',
  path: '/v1/appeals',
  permission: 'follow-ups.read',
  summary: { zh: '申诉列表', en: 'Appeals against ratings' },
  query: appealQuerySchema,
  status: 200,
  response: staffAppealPageSchema,
  problems: [],
});

/** By somebody else than who appealed, who handled the follow-up, and who is rated. */
export const decideAppeal = defineRoute({
  service,
  name: 'decide-appeal',
  method: 'POST',
  path: '/v1/appeals/{id}/decision',
  permission: 'follow-ups.handle',
  summary: { zh: '处理申诉', en: 'Decide an appeal' },
  params: idParams,
  body: ratingAppealDecisionSchema,
  status: 200,
  response: staffAppealSchema,
  problems: [notFound, ratingsProblems.ownCase, ratingsProblems.appealDecided],
});
