import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import {
  benefitSchema,
  benefitTextPageSchema,
  benefitTextSchema,
  maxPictureText,
  newBenefitSchema,
  newPictureSchema,
  newTextSchema,
  reasonSchema,
} from './benefits.ts';
import { rewardsProblems } from './problems.ts';
import { redemptionQuerySchema } from './schemas.ts';

const service = 'rewards';
const { notFound, conflict } = commonProblems;
const { forbiddenBenefit, ownProposal, unknownBudget, unknownMerchant, pictureRefused } =
  rewardsProblems;

export const readBenefit = defineRoute({
  service,
  name: 'read-benefit',
  method: 'GET',
  path: '/v1/benefits/{id}',
  permission: 'signed-in',
  summary: { zh: '权益详情', en: 'A benefit' },
  params: idParams,
  status: 200,
  response: benefitSchema,
  problems: [notFound],
});

export const changeBenefit = defineRoute({
  service,
  name: 'change-benefit',
  method: 'POST',
  path: '/v1/benefits/{id}/changes',
  permission: 'rewards.manage',
  summary: { zh: '修改权益草稿', en: 'Change a draft' },
  params: idParams,
  body: newBenefitSchema,
  status: 200,
  response: benefitSchema,
  problems: [notFound, conflict, unknownMerchant, unknownBudget, forbiddenBenefit],
});

export const submitBenefit = defineRoute({
  service,
  name: 'submit-benefit',
  method: 'POST',
  path: '/v1/benefits/{id}/submission',
  permission: 'rewards.manage',
  summary: { zh: '提交审核', en: 'Submit a draft to somebody else' },
  params: idParams,
  status: 200,
  response: benefitSchema,
  problems: [notFound, conflict, forbiddenBenefit],
});

export const approveBenefit = defineRoute({
  service,
  name: 'approve-benefit',
  method: 'POST',
  path: '/v1/benefits/{id}/approval',
  permission: 'rewards.manage',
  summary: { zh: '审核通过权益', en: 'Approve what another officer submitted' },
  params: idParams,
  status: 200,
  response: benefitSchema,
  problems: [notFound, conflict, ownProposal, unknownBudget, forbiddenBenefit],
});

export const returnBenefit = defineRoute({
  service,
  name: 'return-benefit',
  method: 'POST',
  path: '/v1/benefits/{id}/return',
  permission: 'rewards.manage',
  summary: { zh: '退回修改', en: 'Send a submitted benefit back' },
  params: idParams,
  body: reasonSchema,
  status: 200,
  response: benefitSchema,
  problems: [notFound, conflict],
});

export const pauseBenefit = defineRoute({
  service,
  name: 'pause-benefit',
  method: 'POST',
  path: '/v1/benefits/{id}/pause',
  permission: 'rewards.manage',
  summary: { zh: '暂停权益', en: 'Take no new redemptions for a while' },
  params: idParams,
  status: 200,
  response: benefitSchema,
  problems: [notFound, conflict],
});

export const resumeBenefit = defineRoute({
  service,
  name: 'resume-benefit',
  method: 'POST',
  path: '/v1/benefits/{id}/resumption',
  permission: 'rewards.manage',
  summary: { zh: '恢复权益', en: 'Put a paused benefit on offer again' },
  params: idParams,
  status: 200,
  response: benefitSchema,
  problems: [notFound, conflict, forbiddenBenefit],
});

export const setBenefitPicture = defineRoute({
  service,
  name: 'set-benefit-picture',
  method: 'POST',
  path: '/v1/benefits/{id}/picture',
  permission: 'rewards.manage',
  summary: { zh: '设置权益图片', en: 'Set the picture of a draft' },
  params: idParams,
  body: newPictureSchema,
  bodyLimitBytes: maxPictureText + 1_024,
  status: 200,
  response: benefitSchema,
  problems: [notFound, conflict, pictureRefused],
});

export const readBenefitPicture = defineRoute({
  service,
  name: 'read-benefit-picture',
  method: 'GET',
  path: '/v1/benefits/{id}/picture',
  permission: 'signed-in',
  summary: { zh: '权益图片', en: 'The picture of a benefit' },
  params: idParams,
  status: 200,
  mediaType: 'image/webp',
  problems: [notFound],
});

export const proposeText = defineRoute({
  service,
  name: 'propose-benefit-text',
  method: 'POST',
  path: '/v1/benefits/{id}/texts',
  permission: 'rewards.manage',
  summary: { zh: '修订已上架权益的文字', en: 'Propose other words for an approved benefit' },
  params: idParams,
  body: newTextSchema,
  bodyLimitBytes: maxPictureText + 8_192,
  status: 201,
  response: benefitTextSchema,
  problems: [notFound, conflict, forbiddenBenefit, pictureRefused],
});

export const listTexts = defineRoute({
  service,
  name: 'list-benefit-texts',
  method: 'GET',
  path: '/v1/benefits/{id}/texts',
  permission: 'rewards.read',
  summary: { zh: '权益文字的版本', en: 'The versions of the words' },
  params: idParams,
  query: redemptionQuerySchema,
  status: 200,
  response: benefitTextPageSchema,
  problems: [notFound],
});

export const approveText = defineRoute({
  service,
  name: 'approve-benefit-text',
  method: 'POST',
  path: '/v1/benefits/{id}/text-approval',
  permission: 'rewards.manage',
  summary: { zh: '通过文字修订', en: 'Approve the words that another officer proposed' },
  params: idParams,
  status: 200,
  response: benefitSchema,
  problems: [notFound, conflict, ownProposal, forbiddenBenefit],
});

export const refuseText = defineRoute({
  service,
  name: 'refuse-benefit-text',
  method: 'POST',
  path: '/v1/benefits/{id}/text-refusal',
  permission: 'rewards.manage',
  summary: { zh: '否决文字修订', en: 'Refuse the words that were proposed' },
  params: idParams,
  status: 200,
  response: benefitSchema,
  problems: [notFound, conflict],
});
