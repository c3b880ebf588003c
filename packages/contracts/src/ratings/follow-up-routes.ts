import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import {
  contactSchema,
  extensionSchema,
  followUpDetailSchema,
  followUpPageSchema,
  followUpQuerySchema,
  followUpSchema,
  followUpTermsVersionSchema,
  myFollowUpPageSchema,
  myFollowUpQuerySchema,
  newFollowUpTermsSchema,
  receiverPageSchema,
  resolutionSchema,
  transferSchema,
} from './follow-ups.ts';
import { ratingsProblems } from './problems.ts';

const service = 'ratings';
const { notFound, conflict, dayInPast } = commonProblems;
const { ownCase, notOwner, extendedAlready, unknownReceiver, followUpEnded } = ratingsProblems;

export const listFollowUps = defineRoute({
  service,
  name: 'list-follow-ups',
  method: 'GET',
  path: '/v1/follow-ups',
  permission: 'follow-ups.read',
  summary: { zh: '差评整改列表', en: 'Follow-ups of bad ratings' },
  query: followUpQuerySchema,
  status: 200,
  response: followUpPageSchema,
  problems: [],
});

export const readFollowUp = defineRoute({
  service,
  name: 'read-follow-up',
  method: 'GET',
  path: '/v1/follow-ups/{id}',
  permission: 'follow-ups.read',
  summary: { zh: '查看差评整改', en: 'A follow-up with its history' },
  params: idParams,
  status: 200,
  response: followUpDetailSchema,
  problems: [notFound],
});

export const listReceivers = defineRoute({
  service,
  name: 'list-receivers',
  method: 'GET',
  path: '/v1/follow-ups/{id}/receivers',
  permission: 'follow-ups.handle',
  summary: { zh: '可移交的人员', en: 'Whom a follow-up may be transferred to' },
  params: idParams,
  status: 200,
  response: receiverPageSchema,
  problems: [notFound],
});

/** Also takes it over from an officer who accepted it before. */
export const acceptFollowUp = defineRoute({
  service,
  name: 'accept-follow-up',
  method: 'POST',
  path: '/v1/follow-ups/{id}/acceptance',
  permission: 'follow-ups.handle',
  summary: { zh: '受理差评', en: 'Accept a follow-up' },
  params: idParams,
  status: 200,
  response: followUpSchema,
  problems: [notFound, ownCase, followUpEnded, ratingsProblems.otherReceiver, conflict],
});

export const contactRater = defineRoute({
  service,
  name: 'contact-rater',
  method: 'POST',
  path: '/v1/follow-ups/{id}/contacts',
  permission: 'follow-ups.handle',
  summary: { zh: '记录联系情况', en: 'Write down that the rater was contacted' },
  params: idParams,
  body: contactSchema,
  status: 200,
  response: followUpSchema,
  problems: [notFound, ownCase, notOwner, followUpEnded],
});

export const extendFollowUp = defineRoute({
  service,
  name: 'extend-follow-up',
  method: 'POST',
  path: '/v1/follow-ups/{id}/extension',
  permission: 'follow-ups.handle',
  summary: { zh: '延期一次', en: 'Extend the time for the fix, once' },
  params: idParams,
  body: extensionSchema,
  status: 200,
  response: followUpSchema,
  problems: [notFound, ownCase, notOwner, extendedAlready, followUpEnded],
});

export const transferFollowUp = defineRoute({
  service,
  name: 'transfer-follow-up',
  method: 'POST',
  path: '/v1/follow-ups/{id}/transfer',
  permission: 'follow-ups.handle',
  summary: { zh: '移交给指定人员', en: 'Transfer a follow-up to a named officer' },
  params: idParams,
  body: transferSchema,
  status: 200,
  response: followUpSchema,
  problems: [notFound, ownCase, notOwner, unknownReceiver, followUpEnded],
});

export const resolveFollowUp = defineRoute({
  service,
  name: 'resolve-follow-up',
  method: 'POST',
  path: '/v1/follow-ups/{id}/resolution',
  permission: 'follow-ups.handle',
  summary: { zh: '办结差评', en: 'Resolve a follow-up' },
  params: idParams,
  body: resolutionSchema,
  status: 200,
  response: followUpSchema,
  problems: [notFound, ownCase, notOwner, ratingsProblems.contactFirst, followUpEnded],
});

export const listMyFollowUps = defineRoute({
  service,
  name: 'list-my-follow-ups',
  method: 'GET',
  path: '/v1/me/follow-ups',
  permission: 'signed-in',
  summary: { zh: '我的差评办到哪一步', en: 'What my bad ratings led to' },
  query: myFollowUpQuerySchema,
  status: 200,
  response: myFollowUpPageSchema,
  problems: [],
});

export const readFollowUpTerms = defineRoute({
  service,
  name: 'read-follow-up-terms',
  method: 'GET',
  path: '/v1/follow-up-terms',
  permission: 'follow-ups.read',
  summary: { zh: '整改时限', en: 'How long each step of a follow-up may take' },
  status: 200,
  response: followUpTermsVersionSchema,
  problems: [conflict],
});

export const setFollowUpTerms = defineRoute({
  service,
  name: 'set-follow-up-terms',
  method: 'POST',
  path: '/v1/follow-up-terms',
  permission: 'rules.manage',
  summary: { zh: '设置整改时限', en: 'Set how long each step may take' },
  body: newFollowUpTermsSchema,
  status: 201,
  response: followUpTermsVersionSchema,
  problems: [dayInPast, conflict],
});
