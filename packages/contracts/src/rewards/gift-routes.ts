import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { giftPageSchema, giftQuerySchema, giftSchema, newGiftSchema } from './gifts.ts';
import { rewardsProblems } from './problems.ts';

const service = 'rewards';
const { notFound } = commonProblems;
const { cannotGive, noSuchReceiver, tooManyTries, giftOver, giftLimit } = rewardsProblems;

/** To a relative or neighbour; the voucher stays the giver's until it is accepted. */
export const offerGift = defineRoute({
  service,
  name: 'offer-gift',
  method: 'POST',
  path: '/v1/vouchers/{id}/gifts',
  permission: 'resident',
  summary: { zh: '转赠兑换券', en: 'Offer a voucher to somebody' },
  params: idParams,
  body: newGiftSchema,
  status: 201,
  response: giftSchema,
  problems: [notFound, cannotGive, noSuchReceiver, tooManyTries],
});

export const listMyGifts = defineRoute({
  service,
  name: 'list-my-gifts',
  method: 'GET',
  path: '/v1/me/gifts',
  permission: 'resident',
  summary: { zh: '我的转赠', en: 'Gifts that I made or was offered' },
  query: giftQuerySchema,
  status: 200,
  response: giftPageSchema,
  problems: [],
});

export const acceptGift = defineRoute({
  service,
  name: 'accept-gift',
  method: 'POST',
  path: '/v1/gifts/{id}/acceptance',
  permission: 'resident',
  summary: { zh: '接受转赠', en: 'Accept a voucher that is offered to me' },
  params: idParams,
  status: 200,
  response: giftSchema,
  problems: [notFound, giftOver, giftLimit],
});

export const refuseGift = defineRoute({
  service,
  name: 'refuse-gift',
  method: 'POST',
  path: '/v1/gifts/{id}/refusal',
  permission: 'resident',
  summary: { zh: '谢绝转赠', en: 'Refuse a voucher that is offered to me' },
  params: idParams,
  status: 200,
  response: giftSchema,
  problems: [notFound, giftOver],
});

export const takeBackGift = defineRoute({
  service,
  name: 'take-back-gift',
  method: 'POST',
  path: '/v1/gifts/{id}/taking-back',
  permission: 'resident',
  summary: { zh: '收回转赠', en: 'Take an offer back before it is answered' },
  params: idParams,
  status: 200,
  response: giftSchema,
  problems: [notFound, giftOver],
});
