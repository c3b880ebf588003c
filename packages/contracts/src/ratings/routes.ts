import { codesProblems } from '../codes/problems.ts';
import { defineRoute } from '../route.ts';
import { ratingsProblems } from './problems.ts';
import { newRatingSchema, ratingPageSchema, ratingQuerySchema, ratingSchema } from './schemas.ts';

const service = 'ratings';

export const submitRating = defineRoute({
  service,
  name: 'submit-rating',
  method: 'POST',
  path: '/v1/ratings',
  permission: 'public',
  summary: { zh: '提交评价', en: 'Rate' },
  body: newRatingSchema,
  status: 201,
  response: ratingSchema,
  problems: [
    codesProblems.invalidCode,
    ratingsProblems.ratedAlready,
    ratingsProblems.selfRating,
    ratingsProblems.ownUnit,
    ratingsProblems.reasonMismatch,
    ratingsProblems.questionsOutdated,
    ratingsProblems.rightInvalid,
    ratingsProblems.rightUsed,
    ratingsProblems.rightExpired,
    ratingsProblems.photoMissing,
  ],
});

export const listMyRatings = defineRoute({
  service,
  name: 'list-my-ratings',
  method: 'GET',
  path: '/v1/me/ratings',
  permission: 'signed-in',
  summary: { zh: '我的评价', en: 'My ratings' },
  query: ratingQuerySchema,
  status: 200,
  response: ratingPageSchema,
  problems: [],
});
