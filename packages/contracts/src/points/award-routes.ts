import * as z from 'zod';
import { idParams, pageQuery } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import {
  awardPageSchema,
  awardQuerySchema,
  awardSchema,
  awardWithdrawalSchema,
  newAwardSchema,
  ownAwardPageSchema,
  ownPublicitySchema,
  publicitySchema,
  publicityWithdrawalSchema,
} from './awards.ts';
import { pointsProblems } from './problems.ts';

const service = 'points';
const { notFound } = commonProblems;
const { notParticipating, awardSettled } = pointsProblems;

/** Grants at once, or proposes what its rule wants approved or published first; `state` tells. */
export const awardPoints = defineRoute({
  service,
  name: 'award-points',
  method: 'POST',
  path: '/v1/awards',
  permission: 'points.award',
  summary: { zh: '授予积分', en: 'Award points with evidence' },
  body: newAwardSchema,
  status: 201,
  response: awardSchema,
  problems: [
    notParticipating,
    pointsProblems.grantsBraked,
    pointsProblems.selfAward,
    pointsProblems.ruleNotInForce,
    pointsProblems.capReached,
  ],
});

export const listAwards = defineRoute({
  service,
  name: 'list-awards',
  method: 'GET',
  path: '/v1/awards',
  permission: 'points.read',
  summary: { zh: '积分授予列表', en: 'Awards and where they stand' },
  query: awardQuerySchema,
  status: 200,
  response: awardPageSchema,
  problems: [],
});

export const readAward = defineRoute({
  service,
  name: 'read-award',
  method: 'GET',
  path: '/v1/awards/{id}',
  permission: 'points.read',
  summary: { zh: '查看积分授予', en: 'Read an award' },
  params: idParams,
  status: 200,
  response: awardSchema,
  problems: [notFound],
});

export const approveAward = defineRoute({
  service,
  name: 'approve-award',
  method: 'POST',
  path: '/v1/awards/{id}/approval',
  permission: 'points.decide',
  summary: { zh: '同意授予', en: 'Approve a proposed award' },
  params: idParams,
  status: 200,
  response: awardSchema,
  problems: [
    notFound,
    awardSettled,
    pointsProblems.ownProposal,
    pointsProblems.selfAward,
    pointsProblems.grantsBraked,
  ],
});

export const withdrawAward = defineRoute({
  service,
  name: 'withdraw-award',
  method: 'POST',
  path: '/v1/awards/{id}/withdrawal',
  permission: 'points.award',
  summary: { zh: '撤回授予', en: 'Withdraw an award that has not been granted' },
  params: idParams,
  body: awardWithdrawalSchema,
  status: 200,
  response: awardSchema,
  problems: [notFound, awardSettled],
});

export const listMyAwards = defineRoute({
  service,
  name: 'list-my-awards',
  method: 'GET',
  path: '/v1/me/awards',
  permission: 'resident',
  summary: { zh: '我的积分授予', en: 'My awards and where they stand' },
  query: z.strictObject(pageQuery),
  status: 200,
  response: ownAwardPageSchema,
  problems: [notParticipating],
});

export const readMyPublicity = defineRoute({
  service,
  name: 'read-my-publicity',
  method: 'GET',
  path: '/v1/me/publicity',
  permission: 'resident',
  summary: { zh: '我的公示署名', en: 'How the board names me' },
  status: 200,
  response: ownPublicitySchema,
  problems: [notParticipating],
});

export const consentToPublicity = defineRoute({
  service,
  name: 'consent-to-publicity',
  method: 'POST',
  path: '/v1/me/publicity',
  permission: 'resident',
  summary: { zh: '同意公示署名', en: 'Consent to be named on the board' },
  body: publicitySchema,
  status: 201,
  response: ownPublicitySchema,
  problems: [notParticipating],
});

/** Entries that are up lose the name at once. */
export const withdrawPublicity = defineRoute({
  service,
  name: 'withdraw-publicity',
  method: 'POST',
  path: '/v1/me/publicity/withdrawal',
  permission: 'resident',
  summary: { zh: '撤回公示署名', en: 'Withdraw the consent to be named' },
  body: publicityWithdrawalSchema,
  status: 200,
  response: ownPublicitySchema,
  problems: [notParticipating],
});
