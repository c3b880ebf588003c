import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import {
  benefitPageSchema,
  benefitQuerySchema,
  benefitSchema,
  newBenefitSchema,
} from './benefits.ts';
import {
  merchantPageSchema,
  merchantQuerySchema,
  merchantSchema,
  newMerchantSchema,
} from './merchants.ts';
import { rewardsProblems } from './problems.ts';
import {
  newRedemptionSchema,
  redemptionPageSchema,
  redemptionProgressSchema,
  redemptionQuerySchema,
  redemptionSchema,
  verificationPageSchema,
  verificationQuerySchema,
  verificationSchema,
  voucherFaceSchema,
  voucherLookupSchema,
  voucherSightSchema,
} from './schemas.ts';

const service = 'rewards';
const { notFound, conflict, unknownArea } = commonProblems;
const voucherProblems = [
  rewardsProblems.voucherInvalid,
  rewardsProblems.voucherUsed,
  rewardsProblems.voucherExpired,
  rewardsProblems.voucherCancelled,
  rewardsProblems.tooManyTries,
];

const draftProblems = [
  rewardsProblems.unknownMerchant,
  rewardsProblems.unknownBudget,
  rewardsProblems.forbiddenBenefit,
];

export const createMerchant = defineRoute({
  service,
  name: 'create-merchant',
  method: 'POST',
  path: '/v1/merchants',
  permission: 'rewards.manage',
  summary: { zh: '登记商户', en: 'Register a merchant and its owner' },
  body: newMerchantSchema,
  status: 201,
  response: merchantSchema,
  problems: [unknownArea, rewardsProblems.noProgramme, notFound],
});

export const listMerchants = defineRoute({
  service,
  name: 'list-merchants',
  method: 'GET',
  path: '/v1/merchants',
  permission: 'rewards.read',
  summary: { zh: '商户列表', en: 'List merchants' },
  query: merchantQuerySchema,
  status: 200,
  response: merchantPageSchema,
  problems: [],
});

export const createBenefit = defineRoute({
  service,
  name: 'create-benefit',
  method: 'POST',
  path: '/v1/benefits',
  permission: 'rewards.manage',
  summary: { zh: '新建权益', en: 'Draft a benefit' },
  body: newBenefitSchema,
  status: 201,
  response: benefitSchema,
  problems: draftProblems,
});

export const publishBenefit = defineRoute({
  service,
  name: 'publish-benefit',
  method: 'POST',
  path: '/v1/benefits/{id}/publication',
  permission: 'rewards.manage',
  summary: { zh: '上架权益', en: 'Publish a benefit that was approved' },
  params: idParams,
  status: 200,
  response: benefitSchema,
  problems: [notFound, conflict, rewardsProblems.unknownBudget, rewardsProblems.forbiddenBenefit],
});

export const withdrawBenefit = defineRoute({
  service,
  name: 'withdraw-benefit',
  method: 'POST',
  path: '/v1/benefits/{id}/withdrawal',
  permission: 'rewards.manage',
  summary: { zh: '下架权益', en: 'Withdraw a benefit' },
  params: idParams,
  status: 200,
  response: benefitSchema,
  problems: [notFound, conflict],
});

export const listBenefits = defineRoute({
  service,
  name: 'list-benefits',
  method: 'GET',
  path: '/v1/benefits',
  permission: 'signed-in',
  summary: { zh: '可兑权益', en: 'Benefits on offer' },
  query: benefitQuerySchema,
  status: 200,
  response: benefitPageSchema,
  problems: [],
});

export const requestRedemption = defineRoute({
  service,
  name: 'request-redemption',
  method: 'POST',
  path: '/v1/redemptions',
  permission: 'resident',
  summary: { zh: '兑换', en: 'Redeem a benefit' },
  body: newRedemptionSchema,
  status: 202,
  response: redemptionSchema,
  problems: [
    notFound,
    rewardsProblems.notPublished,
    rewardsProblems.byDraw,
    rewardsProblems.soldOut,
    rewardsProblems.limitReached,
    rewardsProblems.budgetExhausted,
    rewardsProblems.merchantPaused,
    rewardsProblems.unknownMerchant,
    conflict,
  ],
});

export const readRedemption = defineRoute({
  service,
  name: 'read-redemption',
  method: 'GET',
  path: '/v1/redemptions/{id}',
  permission: 'resident',
  summary: { zh: '兑换进度', en: 'A redemption and how far it is' },
  params: idParams,
  status: 200,
  response: redemptionProgressSchema,
  problems: [notFound],
});

/**
 * Server-sent events: `redemption` with what `read-redemption` answers, at once and at each change;
 * `end` when nothing is waited for any more. It is cut after a while, and browsers ask again.
 */
export const watchRedemption = defineRoute({
  service,
  name: 'watch-redemption',
  method: 'GET',
  path: '/v1/redemptions/{id}/events',
  permission: 'resident',
  summary: { zh: '兑换进度推送', en: 'A redemption as it moves on' },
  params: idParams,
  status: 200,
  mediaType: 'text/event-stream',
  problems: [notFound],
});

export const listMyRedemptions = defineRoute({
  service,
  name: 'list-my-redemptions',
  method: 'GET',
  path: '/v1/me/redemptions',
  permission: 'resident',
  summary: { zh: '我的兑换', en: 'My redemptions' },
  query: redemptionQuerySchema,
  status: 200,
  response: redemptionPageSchema,
  problems: [],
});

export const cancelRedemption = defineRoute({
  service,
  name: 'cancel-redemption',
  method: 'POST',
  path: '/v1/redemptions/{id}/cancellation',
  permission: 'resident',
  summary: { zh: '取消兑换', en: 'Cancel a redemption' },
  params: idParams,
  status: 200,
  response: redemptionSchema,
  problems: [notFound, rewardsProblems.cannotCancel, rewardsProblems.voucherGiven],
});

export const readVoucher = defineRoute({
  service,
  name: 'read-voucher',
  method: 'GET',
  path: '/v1/vouchers/{id}',
  permission: 'resident',
  summary: { zh: '出示兑换券', en: 'Show a voucher with its present code' },
  params: idParams,
  status: 200,
  response: voucherFaceSchema,
  problems: [notFound],
});

export const readVoucherQr = defineRoute({
  service,
  name: 'read-voucher-qr',
  method: 'GET',
  path: '/v1/vouchers/{id}/qr.svg',
  permission: 'resident',
  summary: { zh: '兑换券二维码', en: 'The present code as QR' },
  params: idParams,
  status: 200,
  mediaType: 'image/svg+xml',
  problems: [notFound, conflict],
});

export const lookUpVoucher = defineRoute({
  service,
  name: 'look-up-voucher',
  method: 'POST',
  path: '/v1/voucher-lookups',
  permission: 'vouchers.verify',
  summary: { zh: '核销前查看', en: 'See a voucher before verifying it' },
  body: voucherLookupSchema,
  status: 200,
  response: voucherSightSchema,
  isKeyless: true,
  problems: voucherProblems,
});

export const verifyVoucher = defineRoute({
  service,
  name: 'verify-voucher',
  method: 'POST',
  path: '/v1/verifications',
  permission: 'vouchers.verify',
  summary: { zh: '核销', en: 'Verify a voucher' },
  body: voucherLookupSchema,
  status: 201,
  response: verificationSchema,
  problems: voucherProblems,
});

export const listVerifications = defineRoute({
  service,
  name: 'list-verifications',
  method: 'GET',
  path: '/v1/verifications',
  permission: 'vouchers.verify',
  summary: { zh: '核销记录', en: 'What this shop verified' },
  query: verificationQuerySchema,
  status: 200,
  response: verificationPageSchema,
  problems: [],
});
