import * as z from 'zod';
import { idParams, pageQuery } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { pointsProblems } from './problems.ts';
import {
  appealSchema,
  newReversalSchema,
  reversalDecisionSchema,
  reversalLiftingSchema,
  reversalPageSchema,
  reversalQuerySchema,
  reversalSchema,
  staffReversalPageSchema,
  staffReversalSchema,
} from './reversals.ts';

const service = 'points';
const { notFound } = commonProblems;
const { reversalEnded, appealLate, appealedAlready, ownDecision, notReversible } = pointsProblems;

export const noticeReversal = defineRoute({
  service,
  name: 'notice-reversal',
  method: 'POST',
  path: '/v1/awards/{id}/reversal',
  permission: 'points.award',
  summary: { zh: '通知收回积分', en: 'Give notice that an award is to be taken back' },
  params: idParams,
  body: newReversalSchema,
  status: 201,
  response: staffReversalSchema,
  problems: [notFound, notReversible, pointsProblems.ownReversal],
});

export const listReversals = defineRoute({
  service,
  name: 'list-reversals',
  method: 'GET',
  path: '/v1/reversals',
  permission: 'points.read',
  summary: { zh: '收回积分列表', en: 'Reversals and their appeals' },
  query: reversalQuerySchema,
  status: 200,
  response: staffReversalPageSchema,
  problems: [],
});

export const listMyReversals = defineRoute({
  service,
  name: 'list-my-reversals',
  method: 'GET',
  path: '/v1/me/reversals',
  permission: 'resident',
  summary: { zh: '我的收回通知', en: 'Reversals of my awards' },
  query: z.strictObject(pageQuery),
  status: 200,
  response: reversalPageSchema,
  problems: [pointsProblems.notParticipating],
});

export const appealReversal = defineRoute({
  service,
  name: 'appeal-reversal',
  method: 'POST',
  path: '/v1/me/reversals/{id}/appeal',
  permission: 'resident',
  summary: { zh: '申诉', en: 'Appeal against a reversal' },
  params: idParams,
  body: appealSchema,
  status: 200,
  response: reversalSchema,
  problems: [notFound, reversalEnded, appealLate, appealedAlready],
});

/** For those who have no phone: staff writes the appeal down, and can then not decide it. */
export const recordAppeal = defineRoute({
  service,
  name: 'record-appeal',
  method: 'POST',
  path: '/v1/reversals/{id}/appeal',
  permission: 'points.award',
  summary: { zh: '代居民申诉', en: 'Write down an appeal for a resident' },
  params: idParams,
  body: appealSchema,
  status: 200,
  response: staffReversalSchema,
  problems: [notFound, reversalEnded, appealLate, appealedAlready],
});

export const decideReversal = defineRoute({
  service,
  name: 'decide-reversal',
  method: 'POST',
  path: '/v1/reversals/{id}/decision',
  permission: 'points.decide',
  summary: { zh: '处理申诉', en: 'Decide an appeal' },
  params: idParams,
  body: reversalDecisionSchema,
  status: 200,
  response: staffReversalSchema,
  problems: [notFound, reversalEnded, pointsProblems.notAppealed, ownDecision],
});

export const liftReversal = defineRoute({
  service,
  name: 'lift-reversal',
  method: 'POST',
  path: '/v1/reversals/{id}/lifting',
  permission: 'points.award',
  summary: { zh: '撤回收回通知', en: 'Take back the notice of a reversal' },
  params: idParams,
  body: reversalLiftingSchema,
  status: 200,
  response: staffReversalSchema,
  problems: [notFound, reversalEnded, appealedAlready, ownDecision, pointsProblems.ownReversal],
});
