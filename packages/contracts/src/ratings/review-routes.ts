import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { ratingsProblems } from './problems.ts';
import {
  flagLiftingSchema,
  newFlagSchema,
  newScreenedWordSchema,
  officerRatingPageSchema,
  officerRatingQuerySchema,
  officerRatingSchema,
  replyPageSchema,
  replyQuerySchema,
  replyReviewSchema,
  screenedWordPageSchema,
  screenedWordQuerySchema,
  screenedWordSchema,
  wordsDecisionSchema,
} from './review-schemas.ts';

const service = 'ratings';
const { notFound, conflict } = commonProblems;
const { ratingDecided, ownFlag } = ratingsProblems;

export const listRatings = defineRoute({
  service,
  name: 'list-ratings',
  method: 'GET',
  path: '/v1/ratings',
  permission: 'ratings.read',
  summary: { zh: '辖区内的评价', en: 'The ratings of an area' },
  query: officerRatingQuerySchema,
  status: 200,
  response: officerRatingPageSchema,
  problems: [],
});

export const flagRating = defineRoute({
  service,
  name: 'flag-rating',
  method: 'POST',
  path: '/v1/ratings/{id}/flags',
  permission: 'ratings.review',
  summary: { zh: '标记为滥用评价', en: 'Leave a rating out as misuse' },
  params: idParams,
  body: newFlagSchema,
  status: 200,
  response: officerRatingSchema,
  problems: [notFound, ratingDecided, ratingsProblems.ownCase],
});

export const liftFlag = defineRoute({
  service,
  name: 'lift-flag',
  method: 'POST',
  path: '/v1/ratings/{id}/flag-liftings',
  permission: 'ratings.review',
  summary: { zh: '撤销滥用标记', en: 'Count a rating again, by another officer' },
  params: idParams,
  body: flagLiftingSchema,
  status: 200,
  response: officerRatingSchema,
  problems: [notFound, ratingDecided, ownFlag, ratingsProblems.ownCase],
});

export const decideWords = defineRoute({
  service,
  name: 'decide-words',
  method: 'POST',
  path: '/v1/ratings/{id}/words-decisions',
  permission: 'ratings.review',
  summary: { zh: '审核评价文字', en: 'Release or hide the words of a rating' },
  params: idParams,
  body: wordsDecisionSchema,
  status: 200,
  response: officerRatingSchema,
  problems: [notFound, ratingDecided, ratingsProblems.ownCase],
});

export const listReplies = defineRoute({
  service,
  name: 'list-replies',
  method: 'GET',
  path: '/v1/replies',
  permission: 'ratings.read',
  summary: { zh: '待审核的回复', en: 'Replies by their state' },
  query: replyQuerySchema,
  status: 200,
  response: replyPageSchema,
  problems: [],
});

export const decideReply = defineRoute({
  service,
  name: 'decide-reply',
  method: 'POST',
  path: '/v1/replies/{id}/decisions',
  permission: 'ratings.review',
  summary: { zh: '审核回复文字', en: 'Release or hide a reply' },
  params: idParams,
  body: wordsDecisionSchema,
  status: 200,
  response: replyReviewSchema,
  problems: [notFound, ratingDecided, ratingsProblems.ownCase],
});

export const listScreenedWords = defineRoute({
  service,
  name: 'list-screened-words',
  method: 'GET',
  path: '/v1/screened-words',
  permission: 'ratings.words',
  summary: { zh: '敏感词表', en: 'The words that are looked at first' },
  query: screenedWordQuerySchema,
  status: 200,
  response: screenedWordPageSchema,
  problems: [],
});

export const addScreenedWord = defineRoute({
  service,
  name: 'add-screened-word',
  method: 'POST',
  path: '/v1/screened-words',
  permission: 'ratings.words',
  summary: { zh: '添加敏感词', en: 'Add a word to the list' },
  body: newScreenedWordSchema,
  status: 201,
  response: screenedWordSchema,
  problems: [conflict],
});

export const removeScreenedWord = defineRoute({
  service,
  name: 'remove-screened-word',
  method: 'DELETE',
  path: '/v1/screened-words/{id}',
  permission: 'ratings.words',
  summary: { zh: '移除敏感词', en: 'Take a word off the list' },
  params: idParams,
  status: 204,
  problems: [notFound],
});
