import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { ratingsProblems } from './problems.ts';
import {
  newQuestionSetSchema,
  questionSetPageSchema,
  questionSetQuerySchema,
  questionSetSchema,
  reasonNameListSchema,
} from './question-schemas.ts';

const service = 'ratings';
const { notFound, conflict } = commonProblems;

export const draftQuestionSet = defineRoute({
  service,
  name: 'draft-question-set',
  method: 'POST',
  path: '/v1/question-sets',
  permission: 'ratings.manage',
  summary: { zh: '起草评价问题', en: 'Draft a question set' },
  body: newQuestionSetSchema,
  status: 201,
  response: questionSetSchema,
  problems: [conflict, ratingsProblems.questionSetFaulty],
});

export const publishQuestionSet = defineRoute({
  service,
  name: 'publish-question-set',
  method: 'POST',
  path: '/v1/question-sets/{id}/publications',
  permission: 'ratings.manage',
  summary: { zh: '发布评价问题', en: 'Publish a question set, for good' },
  params: idParams,
  status: 200,
  response: questionSetSchema,
  problems: [notFound, conflict, ratingsProblems.questionSetDecided, ratingsProblems.dayTaken],
});

export const withdrawQuestionSet = defineRoute({
  service,
  name: 'withdraw-question-set',
  method: 'POST',
  path: '/v1/question-sets/{id}/withdrawals',
  permission: 'ratings.manage',
  summary: { zh: '撤回未发布的评价问题', en: 'Withdraw a draft' },
  params: idParams,
  status: 200,
  response: questionSetSchema,
  problems: [notFound, conflict, ratingsProblems.questionSetDecided],
});

export const listQuestionSets = defineRoute({
  service,
  name: 'list-question-sets',
  method: 'GET',
  path: '/v1/question-sets',
  permission: 'ratings.read',
  summary: { zh: '评价问题的各个版本', en: 'The versions of the question set' },
  query: questionSetQuerySchema,
  status: 200,
  response: questionSetPageSchema,
  problems: [conflict],
});

export const listReasonNames = defineRoute({
  service,
  name: 'list-reason-names',
  method: 'GET',
  path: '/v1/reason-names',
  permission: 'signed-in',
  summary: { zh: '评价理由的名称', en: 'What the reasons of ratings are called' },
  status: 200,
  response: reasonNameListSchema,
  problems: [],
});
