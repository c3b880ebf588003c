import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import {
  arrivalSchema,
  assistedStepSchema,
  newAssistedOrderSchema,
  newOrderSchema,
  objectionSchema,
  openOrderPageSchema,
  orderDecisionSchema,
  orderQuerySchema,
  orderRightSchema,
  ownOrderPageSchema,
  ownOrderSchema,
  staffOrderPageSchema,
  staffOrderQuerySchema,
  staffOrderSchema,
  takenOrderPageSchema,
  takenOrderSchema,
  takingSchema,
} from './menu.ts';
import { volunteeringProblems } from './problems.ts';

const service = 'volunteering';
const { notFound, conflict } = commonProblems;
const {
  adultWanted,
  minutesUnfit,
  noProfile,
  notOffered,
  nothingToRate,
  overlappingShift,
  ownActivity,
  ownConsent,
  skillWanted,
  timesUnfit,
  tooManyCodes,
  tooManyOrders,
  wrongArrivalCode,
} = volunteeringProblems;

export const placeOrder = defineRoute({
  service,
  name: 'place-order',
  method: 'POST',
  path: '/v1/orders',
  permission: 'resident',
  summary: { zh: '预约上门服务', en: 'Order what a team offers' },
  body: newOrderSchema,
  status: 201,
  response: ownOrderSchema,
  problems: [notFound, conflict, notOffered, tooManyOrders, timesUnfit],
});

export const assistOrder = defineRoute({
  service,
  name: 'assist-order',
  method: 'POST',
  path: '/v1/assisted-orders',
  permission: 'volunteering.assist',
  summary: { zh: '代为预约服务', en: 'Order for somebody without a phone' },
  body: newAssistedOrderSchema,
  status: 201,
  response: staffOrderSchema,
  problems: [notFound, conflict, notOffered, tooManyOrders, timesUnfit, ownConsent],
});

export const listMyOrders = defineRoute({
  service,
  name: 'list-my-orders',
  method: 'GET',
  path: '/v1/me/orders',
  permission: 'resident',
  summary: { zh: '我的预约', en: 'What I ordered' },
  query: orderQuerySchema,
  status: 200,
  response: ownOrderPageSchema,
  problems: [],
});

export const listOpenOrders = defineRoute({
  service,
  name: 'list-open-orders',
  method: 'GET',
  path: '/v1/me/open-orders',
  permission: 'resident',
  summary: { zh: '可接的预约', en: 'What members of my teams may take' },
  query: orderQuerySchema,
  status: 200,
  response: openOrderPageSchema,
  problems: [noProfile],
});

export const listMyServices = defineRoute({
  service,
  name: 'list-my-services',
  method: 'GET',
  path: '/v1/me/services',
  permission: 'resident',
  summary: { zh: '我接的预约', en: 'What I took' },
  query: orderQuerySchema,
  status: 200,
  response: takenOrderPageSchema,
  problems: [],
});

export const listOrders = defineRoute({
  service,
  name: 'list-orders',
  method: 'GET',
  path: '/v1/orders',
  permission: 'volunteering.read',
  summary: { zh: '辖区预约', en: 'Orders of who lives in the area' },
  query: staffOrderQuerySchema,
  status: 200,
  response: staffOrderPageSchema,
  problems: [],
});

export const cancelOrder = defineRoute({
  service,
  name: 'cancel-order',
  method: 'POST',
  path: '/v1/orders/{id}/cancellation',
  permission: 'resident',
  summary: { zh: '取消预约', en: 'Cancel an order before anybody came' },
  params: idParams,
  status: 200,
  response: ownOrderSchema,
  problems: [notFound, conflict],
});

export const cancelAssistedOrder = defineRoute({
  service,
  name: 'cancel-assisted-order',
  method: 'POST',
  path: '/v1/assisted-orders/{id}/cancellation',
  permission: 'volunteering.assist',
  summary: { zh: '代为取消预约', en: 'Cancel for somebody without a phone' },
  params: idParams,
  body: assistedStepSchema,
  status: 200,
  response: staffOrderSchema,
  problems: [notFound, conflict],
});

export const takeOrder = defineRoute({
  service,
  name: 'take-order',
  method: 'POST',
  path: '/v1/orders/{id}/taking',
  permission: 'resident',
  summary: { zh: '接单', en: 'Take an order at a time that was asked for' },
  params: idParams,
  body: takingSchema,
  status: 200,
  response: takenOrderSchema,
  problems: [notFound, conflict, noProfile, skillWanted, adultWanted, overlappingShift, timesUnfit],
});

export const giveOrderBack = defineRoute({
  service,
  name: 'give-order-back',
  method: 'POST',
  path: '/v1/orders/{id}/giving-back',
  permission: 'resident',
  summary: { zh: '退单', en: 'Give back what I took, before I came' },
  params: idParams,
  status: 200,
  response: takenOrderSchema,
  problems: [notFound, conflict],
});

export const arriveAtOrder = defineRoute({
  service,
  name: 'arrive-at-order',
  method: 'POST',
  path: '/v1/orders/{id}/arrival',
  permission: 'resident',
  summary: { zh: '上门签到', en: 'Say that I am there, by the code that is shown to me' },
  params: idParams,
  body: arrivalSchema,
  status: 200,
  response: takenOrderSchema,
  problems: [notFound, conflict, wrongArrivalCode, tooManyCodes, timesUnfit],
});

export const finishOrder = defineRoute({
  service,
  name: 'finish-order',
  method: 'POST',
  path: '/v1/orders/{id}/finishing',
  permission: 'resident',
  summary: { zh: '服务完成', en: 'Say that it is done' },
  params: idParams,
  status: 200,
  response: takenOrderSchema,
  problems: [notFound, conflict, timesUnfit],
});

export const renewArrivalCode = defineRoute({
  service,
  name: 'renew-arrival-code',
  method: 'POST',
  path: '/v1/orders/{id}/code-renewal',
  permission: 'resident',
  summary: { zh: '更换上门码', en: 'Get another code to show' },
  params: idParams,
  status: 200,
  response: ownOrderSchema,
  problems: [notFound, conflict],
});

export const renewAssistedCode = defineRoute({
  service,
  name: 'renew-assisted-code',
  method: 'POST',
  path: '/v1/assisted-orders/{id}/code-renewal',
  permission: 'volunteering.assist',
  summary: { zh: '代为更换上门码', en: 'Get another code for somebody without a phone' },
  params: idParams,
  status: 200,
  response: staffOrderSchema,
  problems: [notFound, conflict],
});

export const confirmOrder = defineRoute({
  service,
  name: 'confirm-order',
  method: 'POST',
  path: '/v1/orders/{id}/confirmation',
  permission: 'resident',
  summary: { zh: '确认服务', en: 'Confirm that it was done' },
  params: idParams,
  status: 200,
  response: ownOrderSchema,
  problems: [notFound, conflict],
});

export const confirmAssistedOrder = defineRoute({
  service,
  name: 'confirm-assisted-order',
  method: 'POST',
  path: '/v1/assisted-orders/{id}/confirmation',
  permission: 'volunteering.assist',
  summary: { zh: '代为确认服务', en: 'Confirm for somebody without a phone' },
  params: idParams,
  body: assistedStepSchema,
  status: 200,
  response: staffOrderSchema,
  problems: [notFound, conflict, ownConsent],
});

export const objectToOrder = defineRoute({
  service,
  name: 'object-to-order',
  method: 'POST',
  path: '/v1/orders/{id}/objection',
  permission: 'resident',
  summary: { zh: '对服务提出异议', en: 'Say that it was not as it is told' },
  params: idParams,
  body: objectionSchema,
  status: 200,
  response: ownOrderSchema,
  problems: [notFound, conflict],
});

export const decideOrder = defineRoute({
  service,
  name: 'decide-order',
  method: 'POST',
  path: '/v1/orders/{id}/decision',
  permission: 'volunteering.manage',
  summary: { zh: '处理服务异议', en: 'Decide what counts after an objection' },
  params: idParams,
  body: orderDecisionSchema,
  status: 200,
  response: staffOrderSchema,
  problems: [notFound, conflict, ownActivity, minutesUnfit],
});

export const readOrderRight = defineRoute({
  service,
  name: 'read-order-right',
  method: 'GET',
  path: '/v1/orders/{id}/rating-right',
  permission: 'resident',
  summary: { zh: '评价本次服务', en: 'The right to rate a service that was confirmed' },
  params: idParams,
  status: 200,
  response: orderRightSchema,
  problems: [notFound, nothingToRate],
});
