import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { assistedEndSchema, assistedRedemptionSchema } from './assistance.ts';
import { rewardsProblems } from './problems.ts';
import { redemptionSchema } from './schemas.ts';
import {
  assistedWaitingPageSchema,
  assistedWaitingQuerySchema,
  assistedWaitingSchema,
  newAssistedWaitingSchema,
  newWaitingPlaceSchema,
  waitingLineSchema,
  waitingPlacePageSchema,
  waitingPlaceSchema,
  waitingQuerySchema,
} from './waiting.ts';

const service = 'rewards';
const { notFound } = commonProblems;
const { notPublished, limitReached, merchantPaused, offerOver, ownAssistance } = rewardsProblems;
const { noWaitingList, stillAvailable, waitingAlready, waitingListFull } = rewardsProblems;

const joining = [
  ...[notFound, notPublished, limitReached],
  ...[noWaitingList, stillAvailable, waitingAlready, waitingListFull],
];
const accepting = [notFound, offerOver, notPublished, limitReached, merchantPaused];

/** For what is sold out now; whoever stands first is offered the next piece that comes back. */
export const joinWaitingList = defineRoute({
  service,
  name: 'join-waiting-list',
  method: 'POST',
  path: '/v1/waiting-places',
  permission: 'resident',
  summary: { zh: '登记候补', en: 'Join the waiting list of a benefit' },
  body: newWaitingPlaceSchema,
  status: 201,
  response: waitingPlaceSchema,
  problems: joining,
});

export const listMyWaitingPlaces = defineRoute({
  service,
  name: 'list-my-waiting-places',
  method: 'GET',
  path: '/v1/me/waiting-places',
  permission: 'resident',
  summary: { zh: '我的候补', en: 'Where I wait' },
  query: waitingQuerySchema,
  status: 200,
  response: waitingPlacePageSchema,
  problems: [],
});

/** Redeems with the piece that is set aside. */
export const acceptWaitingOffer = defineRoute({
  service,
  name: 'accept-waiting-offer',
  method: 'POST',
  path: '/v1/waiting-places/{id}/acceptance',
  permission: 'resident',
  summary: { zh: '接受候补名额并兑换', en: 'Redeem the piece that is offered to me' },
  params: idParams,
  status: 202,
  response: redemptionSchema,
  problems: accepting,
});

export const leaveWaitingList = defineRoute({
  service,
  name: 'leave-waiting-list',
  method: 'POST',
  path: '/v1/waiting-places/{id}/withdrawal',
  permission: 'resident',
  summary: { zh: '退出候补', en: 'Leave a waiting list' },
  params: idParams,
  status: 200,
  response: waitingPlaceSchema,
  problems: [notFound, offerOver],
});

export const listWaitingPlaces = defineRoute({
  service,
  name: 'list-waiting-places',
  method: 'GET',
  path: '/v1/benefits/{id}/waiting-places',
  permission: 'rewards.read',
  summary: { zh: '权益的候补名单', en: 'The waiting list of a benefit' },
  params: idParams,
  query: waitingQuerySchema,
  status: 200,
  response: waitingLineSchema,
  problems: [notFound],
});

export const assistWaiting = defineRoute({
  service,
  name: 'assist-waiting',
  method: 'POST',
  path: '/v1/assisted-waiting-places',
  permission: 'rewards.assist',
  summary: { zh: '代老人登记候补', en: 'Join for somebody without a phone' },
  body: newAssistedWaitingSchema,
  status: 201,
  response: assistedWaitingSchema,
  problems: [...joining, ownAssistance],
});

export const listAssistedWaiting = defineRoute({
  service,
  name: 'list-assisted-waiting',
  method: 'GET',
  path: '/v1/assisted-waiting-places',
  permission: 'rewards.assist',
  summary: { zh: '代办的候补', en: 'Where staff let others wait' },
  query: assistedWaitingQuerySchema,
  status: 200,
  response: assistedWaitingPageSchema,
  problems: [],
});

export const acceptAssistedOffer = defineRoute({
  service,
  name: 'accept-assisted-offer',
  method: 'POST',
  path: '/v1/assisted-waiting-places/{id}/acceptance',
  permission: 'rewards.assist',
  summary: { zh: '代老人接受候补名额', en: 'Redeem for them the piece that they are offered' },
  params: idParams,
  body: assistedEndSchema,
  status: 202,
  response: assistedRedemptionSchema,
  problems: accepting,
});

export const leaveAssistedWaiting = defineRoute({
  service,
  name: 'leave-assisted-waiting',
  method: 'POST',
  path: '/v1/assisted-waiting-places/{id}/withdrawal',
  permission: 'rewards.assist',
  summary: { zh: '代老人退出候补', en: 'Leave a waiting list for them' },
  params: idParams,
  body: assistedEndSchema,
  status: 200,
  response: assistedWaitingSchema,
  problems: [notFound, offerOver],
});
