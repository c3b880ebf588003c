import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { assistedEndSchema } from './assistance.ts';
import {
  assistedEntryPageSchema,
  assistedEntryQuerySchema,
  assistedEntrySchema,
  drawEndSchema,
  drawEntryPageSchema,
  drawEntrySchema,
  drawListQuerySchema,
  drawListSchema,
  drawPageSchema,
  drawQuerySchema,
  drawSchema,
  newAssistedEntrySchema,
  newDrawEntrySchema,
  newDrawSchema,
} from './draws.ts';
import { rewardsProblems } from './problems.ts';

const service = 'rewards';
const { notFound, conflict } = commonProblems;
const { notPublished, limitReached, notByDraw, soldOut, budgetExhausted } = rewardsProblems;
const { drawClosed, enteredAlready, drawFull, ownAssistance } = rewardsProblems;
const entering = [notFound, notPublished, limitReached, drawClosed, enteredAlready, drawFull];

/** Sets the winners' pieces aside, and publishes the hash of a seed that nobody has seen. */
export const openDraw = defineRoute({
  service,
  name: 'open-draw',
  method: 'POST',
  path: '/v1/draws',
  permission: 'rewards.manage',
  summary: { zh: '开设抽签', en: 'Open a draw' },
  body: newDrawSchema,
  status: 201,
  response: drawSchema,
  problems: [notFound, conflict, notPublished, notByDraw, soldOut, budgetExhausted],
});

export const listDraws = defineRoute({
  service,
  name: 'list-draws',
  method: 'GET',
  path: '/v1/draws',
  permission: 'signed-in',
  summary: { zh: '权益的抽签', en: 'The draws of a benefit' },
  query: drawQuerySchema,
  status: 200,
  response: drawPageSchema,
  problems: [notFound],
});

/** For anybody, without an account. */
export const readDraw = defineRoute({
  service,
  name: 'read-draw',
  method: 'GET',
  path: '/v1/draws/{id}',
  permission: 'public',
  summary: { zh: '抽签公示', en: 'A draw' },
  params: idParams,
  status: 200,
  response: drawSchema,
  problems: [notFound],
});

/** The frozen list by entry numbers alone; empty before it is frozen. */
export const listDrawNumbers = defineRoute({
  service,
  name: 'list-draw-numbers',
  method: 'GET',
  path: '/v1/draws/{id}/numbers',
  permission: 'public',
  summary: { zh: '抽签名单（编号）', en: 'The frozen list, by numbers' },
  params: idParams,
  query: drawListQuerySchema,
  status: 200,
  response: drawListSchema,
  problems: [notFound],
});

/** All that is needed to recompute the result, as JSON lines for `verify-draw.mjs`. */
export const readDrawRecord = defineRoute({
  service,
  name: 'read-draw-record',
  method: 'GET',
  path: '/v1/draws/{id}/record',
  permission: 'public',
  summary: { zh: '抽签记录下载', en: 'The whole record of a draw' },
  params: idParams,
  status: 200,
  mediaType: 'application/x-ndjson',
  problems: [notFound],
});

export const cancelDraw = defineRoute({
  service,
  name: 'cancel-draw',
  method: 'POST',
  path: '/v1/draws/{id}/cancellation',
  permission: 'rewards.manage',
  summary: { zh: '取消抽签', en: 'Cancel a draw before it is drawn' },
  params: idParams,
  body: drawEndSchema,
  status: 200,
  response: drawSchema,
  problems: [notFound, conflict],
});

/** Free; who wins redeems at the price of the benefit, by itself. */
export const enterDraw = defineRoute({
  service,
  name: 'enter-draw',
  method: 'POST',
  path: '/v1/draw-entries',
  permission: 'resident',
  summary: { zh: '报名抽签', en: 'Enter a draw' },
  body: newDrawEntrySchema,
  status: 201,
  response: drawEntrySchema,
  problems: entering,
});

export const listMyDrawEntries = defineRoute({
  service,
  name: 'list-my-draw-entries',
  method: 'GET',
  path: '/v1/me/draw-entries',
  permission: 'resident',
  summary: { zh: '我的抽签', en: 'Draws that I entered' },
  query: drawListQuerySchema,
  status: 200,
  response: drawEntryPageSchema,
  problems: [],
});

export const withdrawDrawEntry = defineRoute({
  service,
  name: 'withdraw-draw-entry',
  method: 'POST',
  path: '/v1/draw-entries/{id}/withdrawal',
  permission: 'resident',
  summary: { zh: '撤回抽签报名', en: 'Withdraw before the list is frozen' },
  params: idParams,
  status: 200,
  response: drawEntrySchema,
  problems: [notFound, drawClosed],
});

export const assistDrawEntry = defineRoute({
  service,
  name: 'assist-draw-entry',
  method: 'POST',
  path: '/v1/assisted-draw-entries',
  permission: 'rewards.assist',
  summary: { zh: '代老人报名抽签', en: 'Enter for somebody without a phone' },
  body: newAssistedEntrySchema,
  status: 201,
  response: assistedEntrySchema,
  problems: [...entering, ownAssistance],
});

export const withdrawAssistedEntry = defineRoute({
  service,
  name: 'withdraw-assisted-entry',
  method: 'POST',
  path: '/v1/assisted-draw-entries/{id}/withdrawal',
  permission: 'rewards.assist',
  summary: { zh: '代老人撤回抽签报名', en: 'Withdraw for them' },
  params: idParams,
  body: assistedEndSchema,
  status: 200,
  response: assistedEntrySchema,
  problems: [notFound, drawClosed],
});

export const listAssistedEntries = defineRoute({
  service,
  name: 'list-assisted-entries',
  method: 'GET',
  path: '/v1/assisted-draw-entries',
  permission: 'rewards.assist',
  summary: { zh: '代办的抽签报名', en: 'Entries that staff made for others' },
  query: assistedEntryQuerySchema,
  status: 200,
  response: assistedEntryPageSchema,
  problems: [],
});
