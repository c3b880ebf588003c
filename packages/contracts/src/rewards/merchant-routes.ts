import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { reasonSchema } from './benefits.ts';
import {
  ceilingSchema,
  merchantPageSchema,
  merchantSchema,
  newApplicationSchema,
  newShopSchema,
  shopPageSchema,
  shopQuerySchema,
  shopSchema,
} from './merchants.ts';
import { rewardsProblems } from './problems.ts';
import { redemptionQuerySchema } from './schemas.ts';

const service = 'rewards';
const { notFound, conflict, unknownArea } = commonProblems;
const { noProgramme, appliedAlready, ownProposal } = rewardsProblems;

export const applyAsMerchant = defineRoute({
  service,
  name: 'apply-as-merchant',
  method: 'POST',
  path: '/v1/merchant-applications',
  permission: 'resident',
  summary: { zh: '申请成为商户', en: 'Apply to take part as a merchant' },
  body: newApplicationSchema,
  status: 201,
  response: merchantSchema,
  problems: [unknownArea, noProgramme, appliedAlready],
});

export const listMyApplications = defineRoute({
  service,
  name: 'list-my-merchants',
  method: 'GET',
  path: '/v1/me/merchants',
  permission: 'signed-in',
  summary: { zh: '我的商户和申请', en: 'My merchant and my applications' },
  query: redemptionQuerySchema,
  status: 200,
  response: merchantPageSchema,
  problems: [],
});

export const readMerchant = defineRoute({
  service,
  name: 'read-merchant',
  method: 'GET',
  path: '/v1/merchants/{id}',
  permission: 'rewards.read',
  summary: { zh: '商户详情', en: 'A merchant' },
  params: idParams,
  status: 200,
  response: merchantSchema,
  problems: [notFound],
});

export const approveMerchant = defineRoute({
  service,
  name: 'approve-merchant',
  method: 'POST',
  path: '/v1/merchants/{id}/approval',
  permission: 'rewards.manage',
  summary: { zh: '通过商户申请', en: 'Admit a merchant; the applicant becomes its owner' },
  params: idParams,
  status: 200,
  response: merchantSchema,
  problems: [notFound, conflict, ownProposal],
});

export const refuseMerchant = defineRoute({
  service,
  name: 'refuse-merchant',
  method: 'POST',
  path: '/v1/merchants/{id}/refusal',
  permission: 'rewards.manage',
  summary: { zh: '不予通过', en: 'Refuse an application with the reason' },
  params: idParams,
  body: reasonSchema,
  status: 200,
  response: merchantSchema,
  problems: [notFound, conflict, ownProposal],
});

export const pauseMerchant = defineRoute({
  service,
  name: 'pause-merchant',
  method: 'POST',
  path: '/v1/merchants/{id}/pause',
  permission: 'merchants.pause',
  summary: { zh: '暂停商户', en: 'Take no new redemptions; vouchers that are out stay good' },
  params: idParams,
  body: reasonSchema,
  status: 200,
  response: merchantSchema,
  problems: [notFound, conflict],
});

export const resumeMerchant = defineRoute({
  service,
  name: 'resume-merchant',
  method: 'POST',
  path: '/v1/merchants/{id}/resumption',
  permission: 'merchants.pause',
  summary: { zh: '恢复商户', en: 'Take redemptions again' },
  params: idParams,
  status: 200,
  response: merchantSchema,
  problems: [notFound, conflict],
});

export const setCeiling = defineRoute({
  service,
  name: 'set-merchant-ceiling',
  method: 'POST',
  path: '/v1/merchants/{id}/ceiling',
  permission: 'rewards.manage',
  summary: { zh: '设置月度上限', en: 'Set what its vouchers may be worth in a month' },
  params: idParams,
  body: ceilingSchema,
  status: 200,
  response: merchantSchema,
  problems: [notFound],
});

export const createShop = defineRoute({
  service,
  name: 'create-shop',
  method: 'POST',
  path: '/v1/shops',
  permission: 'merchants.own',
  summary: { zh: '新增门店', en: 'Add a shop of the own merchant' },
  body: newShopSchema,
  status: 201,
  response: shopSchema,
  problems: [notFound, unknownArea, conflict],
});

export const listShops = defineRoute({
  service,
  name: 'list-shops',
  method: 'GET',
  path: '/v1/shops',
  permission: 'signed-in',
  summary: { zh: '门店列表', en: 'Shops of a merchant, or of the own one' },
  query: shopQuerySchema,
  status: 200,
  response: shopPageSchema,
  problems: [],
});

export const changeShop = defineRoute({
  service,
  name: 'change-shop',
  method: 'POST',
  path: '/v1/shops/{id}/changes',
  permission: 'merchants.own',
  summary: { zh: '修改门店', en: 'Change a shop' },
  params: idParams,
  body: newShopSchema,
  status: 200,
  response: shopSchema,
  problems: [notFound, unknownArea, conflict],
});

export const closeShop = defineRoute({
  service,
  name: 'close-shop',
  method: 'POST',
  path: '/v1/shops/{id}/closure',
  permission: 'merchants.own',
  summary: { zh: '关闭门店', en: 'Close a shop' },
  params: idParams,
  status: 200,
  response: shopSchema,
  problems: [notFound, conflict],
});
