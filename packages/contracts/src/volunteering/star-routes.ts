import {
  ownPublicitySchema,
  publicitySchema,
  publicityWithdrawalSchema,
} from '../points/awards.ts';
import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { volunteeringProblems } from './problems.ts';
import {
  newRecognitionRulesSchema,
  recognitionRulesPageSchema,
  recognitionRulesQuerySchema,
  recognitionRulesSchema,
} from './recognition.ts';
import {
  ledStarPageSchema,
  ledStarSchema,
  myStarQuerySchema,
  myStarsPageSchema,
  newStarAppealSchema,
  starDecisionSchema,
  starQuerySchema,
  starSchema,
} from './stars.ts';

const service = 'volunteering';
const { notFound, conflict } = commonProblems;
const { noAppealOpen, ownStar, noProfile } = volunteeringProblems;

/** The latest first; what is in force is the first one. */
export const listRecognitionRules = defineRoute({
  service,
  name: 'list-recognition-rules',
  method: 'GET',
  path: '/v1/recognition-rules',
  permission: 'signed-in',
  summary: { zh: '星级与证明规则', en: 'Rules of stars and certificates, with their history' },
  query: recognitionRulesQuerySchema,
  status: 200,
  response: recognitionRulesPageSchema,
  problems: [conflict],
});

export const setRecognitionRules = defineRoute({
  service,
  name: 'set-recognition-rules',
  method: 'POST',
  path: '/v1/recognition-rules',
  permission: 'rules.manage',
  summary: { zh: '设置星级与证明规则', en: 'Set the rules of stars and certificates' },
  body: newRecognitionRulesSchema,
  status: 201,
  response: recognitionRulesSchema,
  problems: [conflict, notFound],
});

export const listMyStars = defineRoute({
  service,
  name: 'list-my-stars',
  method: 'GET',
  path: '/v1/me/stars',
  permission: 'resident',
  summary: { zh: '我的星级', en: 'My stars and where they stand' },
  query: myStarQuerySchema,
  status: 200,
  response: myStarsPageSchema,
  problems: [],
});

export const listStars = defineRoute({
  service,
  name: 'list-stars',
  method: 'GET',
  path: '/v1/stars',
  permission: 'volunteering.read',
  summary: { zh: '星级评定', en: 'Stars of the area, in the order they were reached' },
  query: starQuerySchema,
  status: 200,
  response: ledStarPageSchema,
  problems: [],
});

export const appealStar = defineRoute({
  service,
  name: 'appeal-star',
  method: 'POST',
  path: '/v1/stars/{id}/appeal',
  permission: 'resident',
  summary: { zh: '星级申诉', en: 'Appeal that my star is refused or ends' },
  params: idParams,
  body: newStarAppealSchema,
  status: 200,
  response: starSchema,
  problems: [notFound, noAppealOpen],
});

export const recordStarAppeal = defineRoute({
  service,
  name: 'record-star-appeal',
  method: 'POST',
  path: '/v1/stars/{id}/assisted-appeal',
  permission: 'volunteering.assist',
  summary: { zh: '代为申诉星级', en: 'Write an appeal down for somebody' },
  params: idParams,
  body: newStarAppealSchema,
  status: 200,
  response: ledStarSchema,
  problems: [notFound, noAppealOpen, ownStar],
});

export const decideStarAppeal = defineRoute({
  service,
  name: 'decide-star-appeal',
  method: 'POST',
  path: '/v1/stars/{id}/decision',
  permission: 'volunteering.manage',
  summary: { zh: '处理星级申诉', en: 'Decide the appeal of a star' },
  params: idParams,
  body: starDecisionSchema,
  status: 200,
  response: ledStarSchema,
  problems: [notFound, noAppealOpen, ownStar],
});

export const readMyStarNaming = defineRoute({
  service,
  name: 'read-my-star-naming',
  method: 'GET',
  path: '/v1/me/star-naming',
  permission: 'resident',
  summary: { zh: '我的星级公示署名', en: 'How the board names me when I rise' },
  status: 200,
  response: ownPublicitySchema,
  problems: [noProfile],
});

export const consentToStarNaming = defineRoute({
  service,
  name: 'consent-to-star-naming',
  method: 'POST',
  path: '/v1/me/star-naming',
  permission: 'resident',
  summary: { zh: '同意星级公示署名', en: 'Consent to be named when I rise' },
  body: publicitySchema,
  status: 201,
  response: ownPublicitySchema,
  problems: [noProfile],
});

/** Entries that are up lose the name at once. */
export const withdrawStarNaming = defineRoute({
  service,
  name: 'withdraw-star-naming',
  method: 'POST',
  path: '/v1/me/star-naming/withdrawal',
  permission: 'resident',
  summary: { zh: '撤回星级公示署名', en: 'Withdraw the consent to be named' },
  body: publicityWithdrawalSchema,
  status: 200,
  response: ownPublicitySchema,
  problems: [noProfile],
});
