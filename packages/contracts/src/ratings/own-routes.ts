import { codesProblems } from '../codes/problems.ts';
import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import {
  newAssistedRatingSchema,
  newReplySchema,
  newReRatingSchema,
  newRightSchema,
  ratingRefParams,
  rightSchema,
  shownRatingPageSchema,
  shownRatingQuerySchema,
  shownRatingSchema,
} from './own-schemas.ts';
import { ratingsProblems } from './problems.ts';
import { ratingSchema } from './schemas.ts';

const service = 'ratings';
const { notFound, conflict } = commonProblems;
const { ratedAlready, selfRating, ownUnit, reasonMismatch, questionsOutdated } = ratingsProblems;

export const withdrawRating = defineRoute({
  service,
  name: 'withdraw-rating',
  method: 'POST',
  path: '/v1/me/ratings/{id}/withdrawals',
  permission: 'signed-in',
  summary: { zh: '撤回我的评价', en: 'Withdraw a rating within a day' },
  params: idParams,
  status: 200,
  response: ratingSchema,
  problems: [notFound, ratingsProblems.withdrawalOver, ratingsProblems.ratingDecided],
});

export const rateAgain = defineRoute({
  service,
  name: 'rate-again',
  method: 'POST',
  path: '/v1/me/ratings/{id}/re-ratings',
  permission: 'signed-in',
  summary: { zh: '整改后再评价', en: 'Rate again after the trouble was put right' },
  params: idParams,
  body: newReRatingSchema,
  status: 201,
  response: ratingSchema,
  problems: [
    notFound,
    reasonMismatch,
    questionsOutdated,
    ratingsProblems.ratingDecided,
    ratingsProblems.rightInvalid,
    ratingsProblems.rightUsed,
    ratingsProblems.rightExpired,
  ],
});

export const listShownRatings = defineRoute({
  service,
  name: 'list-shown-ratings',
  method: 'GET',
  path: '/v1/my-subject/ratings',
  permission: 'signed-in',
  summary: { zh: '我收到的评价', en: 'Ratings of the caller, in groups of five or named' },
  query: shownRatingQuerySchema,
  status: 200,
  response: shownRatingPageSchema,
  problems: [],
});

export const replyToRating = defineRoute({
  service,
  name: 'reply-to-rating',
  method: 'POST',
  path: '/v1/my-subject/ratings/{ref}/replies',
  permission: 'signed-in',
  summary: { zh: '回复评价', en: 'Reply to a rating, once' },
  params: ratingRefParams,
  body: newReplySchema,
  status: 201,
  response: shownRatingSchema,
  problems: [notFound, ratingsProblems.repliedAlready],
});

export const mintRight = defineRoute({
  service,
  name: 'mint-right',
  method: 'POST',
  path: '/v1/rating-rights',
  permission: 'service',
  summary: { zh: '为完成的服务发放评价权', en: 'Let a finished service be rated once' },
  body: newRightSchema,
  status: 201,
  response: rightSchema,
  problems: [conflict],
});

export const assistRating = defineRoute({
  service,
  name: 'assist-rating',
  method: 'POST',
  path: '/v1/assisted-ratings',
  permission: 'ratings.assist',
  summary: { zh: '代无手机者评价', en: 'Rate for somebody without a phone' },
  body: newAssistedRatingSchema,
  status: 201,
  response: ratingSchema,
  problems: [
    notFound,
    codesProblems.invalidCode,
    ratingsProblems.ownCase,
    ratedAlready,
    selfRating,
    ownUnit,
    reasonMismatch,
    questionsOutdated,
  ],
});
