import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import {
  assistedEndSchema,
  assistedPageSchema,
  assistedQuerySchema,
  assistedRedemptionSchema,
  newAssistedRedemptionSchema,
} from './assistance.ts';
import { rewardsProblems } from './problems.ts';
import { requestRedemption } from './routes.ts';

const service = 'rewards';
const { notFound, conflict } = commonProblems;
const { ownAssistance, cannotCancel, voucherGiven } = rewardsProblems;
const permission = 'rewards.assist';

export const assistRedemption = defineRoute({
  service,
  name: 'assist-redemption',
  method: 'POST',
  path: '/v1/assisted-redemptions',
  permission,
  summary: { zh: '代老人兑换', en: 'Redeem for somebody without a phone' },
  body: newAssistedRedemptionSchema,
  status: 202,
  response: assistedRedemptionSchema,
  problems: [...requestRedemption.problems, ownAssistance],
});

export const listAssistedRedemptions = defineRoute({
  service,
  name: 'list-assisted-redemptions',
  method: 'GET',
  path: '/v1/assisted-redemptions',
  permission,
  summary: { zh: '代办的兑换', en: 'What staff redeemed for others' },
  query: assistedQuerySchema,
  status: 200,
  response: assistedPageSchema,
  problems: [],
});

export const readAssistedRedemption = defineRoute({
  service,
  name: 'read-assisted-redemption',
  method: 'GET',
  path: '/v1/assisted-redemptions/{id}',
  permission,
  summary: { zh: '代办兑换的进度', en: 'How far it is' },
  params: idParams,
  status: 200,
  response: assistedRedemptionSchema,
  problems: [notFound],
});

export const cancelAssistedRedemption = defineRoute({
  service,
  name: 'cancel-assisted-redemption',
  method: 'POST',
  path: '/v1/assisted-redemptions/{id}/cancellation',
  permission,
  summary: { zh: '代老人取消兑换', en: 'Give it up for them' },
  params: idParams,
  body: assistedEndSchema,
  status: 200,
  response: assistedRedemptionSchema,
  problems: [notFound, cannotCancel, voucherGiven],
});

/** Each print has a code of its own, and the paper before it is worth nothing any more. */
export const printVoucher = defineRoute({
  service,
  name: 'print-voucher',
  method: 'POST',
  path: '/v1/assisted-redemptions/{id}/prints',
  permission,
  summary: { zh: '出一张新的纸质券', en: 'Put the voucher on paper, anew' },
  params: idParams,
  status: 201,
  response: assistedRedemptionSchema,
  problems: [notFound, conflict],
});

/** The latest print, as often as the printer needs it. */
export const readPaper = defineRoute({
  service,
  name: 'read-paper',
  method: 'GET',
  path: '/v1/assisted-redemptions/{id}/paper.pdf',
  permission,
  summary: { zh: '纸质券', en: 'The paper to print' },
  params: idParams,
  status: 200,
  mediaType: 'application/pdf',
  problems: [notFound, conflict],
});

export const readPaperQr = defineRoute({
  service,
  name: 'read-paper-qr',
  method: 'GET',
  path: '/v1/assisted-redemptions/{id}/paper.png',
  permission,
  summary: { zh: '纸质券的二维码', en: 'The QR of the paper, for the screen at the desk' },
  params: idParams,
  status: 200,
  mediaType: 'image/png',
  problems: [notFound, conflict],
});
