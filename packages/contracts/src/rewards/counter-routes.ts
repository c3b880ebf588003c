import { xlsxMediaType } from '../directory/tables.ts';
import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { reasonSchema } from './benefits.ts';
import {
  clerkListSchema,
  clerkSchema,
  newClerkSchema,
  newTopUpSchema,
  stockPageSchema,
  topUpPageSchema,
  topUpQuerySchema,
  topUpSchema,
} from './merchants.ts';
import { rewardsProblems } from './problems.ts';
import { redemptionQuerySchema } from './schemas.ts';
import { dayQuerySchema, dayTotalsSchema, verificationExportSchema } from './tables.ts';

const service = 'rewards';
const { notFound, conflict, tooManyRows } = commonProblems;
const { tooManyClerks, unknownShop } = rewardsProblems;

export const inviteClerk = defineRoute({
  service,
  name: 'invite-clerk',
  method: 'POST',
  path: '/v1/clerks',
  permission: 'merchants.own',
  summary: { zh: '添加店员', en: 'Let somebody verify for the own merchant' },
  body: newClerkSchema,
  status: 201,
  response: clerkSchema,
  problems: [notFound, conflict, tooManyClerks, unknownShop],
});

export const listClerks = defineRoute({
  service,
  name: 'list-clerks',
  method: 'GET',
  path: '/v1/clerks',
  permission: 'merchants.own',
  summary: { zh: '店员与绑定设备', en: 'Clerks and whether their phone is bound' },
  status: 200,
  response: clerkListSchema,
  problems: [],
});

export const removeClerk = defineRoute({
  service,
  name: 'remove-clerk',
  method: 'POST',
  path: '/v1/clerks/{id}/removal',
  permission: 'merchants.own',
  summary: { zh: '移除店员', en: 'Take a clerk out' },
  params: idParams,
  status: 200,
  response: clerkSchema,
  problems: [notFound, conflict],
});

export const unbindClerk = defineRoute({
  service,
  name: 'unbind-clerk',
  method: 'POST',
  path: '/v1/clerks/{id}/unbinding',
  permission: 'merchants.own',
  summary: { zh: '解绑店员设备', en: 'Let a clerk bind another phone' },
  params: idParams,
  status: 200,
  response: clerkSchema,
  problems: [notFound, conflict],
});

export const readDayTotals = defineRoute({
  service,
  name: 'read-day-totals',
  method: 'GET',
  path: '/v1/verification-days',
  permission: 'vouchers.verify',
  summary: { zh: '每日核销合计', en: 'What was verified day by day' },
  query: dayQuerySchema,
  status: 200,
  response: dayTotalsSchema,
  problems: [],
});

export const exportVerifications = defineRoute({
  service,
  name: 'export-verifications',
  method: 'POST',
  path: '/v1/verification-exports',
  permission: 'merchants.own',
  summary: { zh: '导出核销记录', en: 'Export what was verified' },
  body: verificationExportSchema,
  status: 200,
  mediaType: xlsxMediaType,
  problems: [tooManyRows],
});

export const listStock = defineRoute({
  service,
  name: 'list-stock',
  method: 'GET',
  path: '/v1/stocks',
  permission: 'vouchers.verify',
  summary: { zh: '本店库存', en: 'Stock of the own merchant' },
  query: redemptionQuerySchema,
  status: 200,
  response: stockPageSchema,
  problems: [],
});

export const requestTopUp = defineRoute({
  service,
  name: 'request-top-up',
  method: 'POST',
  path: '/v1/top-ups',
  permission: 'merchants.own',
  summary: { zh: '申请补充库存', en: 'Ask for more pieces of a benefit' },
  body: newTopUpSchema,
  status: 201,
  response: topUpSchema,
  problems: [notFound, conflict],
});

export const listTopUps = defineRoute({
  service,
  name: 'list-top-ups',
  method: 'GET',
  path: '/v1/top-ups',
  permission: 'signed-in',
  summary: {
    zh: '补充库存申请',
    en: 'Requests for more pieces: the own ones, or those of the area',
  },
  query: topUpQuerySchema,
  status: 200,
  response: topUpPageSchema,
  problems: [],
});

export const approveTopUp = defineRoute({
  service,
  name: 'approve-top-up',
  method: 'POST',
  path: '/v1/top-ups/{id}/approval',
  permission: 'rewards.manage',
  summary: { zh: '同意补充库存', en: 'Add the pieces that were asked for' },
  params: idParams,
  status: 200,
  response: topUpSchema,
  problems: [notFound, conflict],
});

export const refuseTopUp = defineRoute({
  service,
  name: 'refuse-top-up',
  method: 'POST',
  path: '/v1/top-ups/{id}/refusal',
  permission: 'rewards.manage',
  summary: { zh: '不同意补充库存', en: 'Refuse a top-up with the reason' },
  params: idParams,
  body: reasonSchema,
  status: 200,
  response: topUpSchema,
  problems: [notFound, conflict],
});
