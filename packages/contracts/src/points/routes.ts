import * as z from 'zod';
import { idParams, idSchema, pageOf } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { pointsProblems } from './problems.ts';
import {
  accountQuerySchema,
  accountSchema,
  balanceQuerySchema,
  balanceSchema,
  historyQuerySchema,
  holdCourseSchema,
  holdSchema,
  holdVerdictsSchema,
  joiningSchema,
  leavingSchema,
  ledgerHeadSchema,
  newAccountsSchema,
  newAssistedJoiningSchema,
  newHoldSchema,
  newHoldsSchema,
  newTransfersSchema,
  participationSchema,
  pastBalanceSchema,
  publicLedgerQuerySchema,
  statementQuerySchema,
  statementSchema,
  transferQuerySchema,
  transferSchema,
  transferVerdictsSchema,
} from './schemas.ts';

const service = 'points';
const { notParticipating, joinedAlready } = pointsProblems;
const { notFound } = commonProblems;

/** For a resident without a phone, with the consent that was given. */
export const assistJoining = defineRoute({
  service,
  name: 'assist-joining',
  method: 'POST',
  path: '/v1/assisted-participations',
  permission: 'people.register',
  summary: { zh: '代老人加入品德积分', en: 'Take somebody without a phone in' },
  body: newAssistedJoiningSchema,
  status: 201,
  response: participationSchema,
  problems: [joinedAlready, notFound, commonProblems.conflict],
});

export const joinProgramme = defineRoute({
  service,
  name: 'join-programme',
  method: 'POST',
  path: '/v1/me/participation',
  permission: 'resident',
  summary: { zh: '加入品德积分', en: 'Join the points programme' },
  body: joiningSchema,
  status: 201,
  response: participationSchema,
  problems: [joinedAlready],
});

export const leaveProgramme = defineRoute({
  service,
  name: 'leave-programme',
  method: 'POST',
  path: '/v1/me/participation/leaving',
  permission: 'resident',
  summary: { zh: '退出品德积分', en: 'Leave the points programme' },
  body: leavingSchema,
  status: 200,
  response: participationSchema,
  problems: [notParticipating],
});

export const readMyBalance = defineRoute({
  service,
  name: 'read-my-balance',
  method: 'GET',
  path: '/v1/me/balance',
  permission: 'resident',
  summary: { zh: '我的积分', en: 'My balance' },
  status: 200,
  response: balanceSchema,
  problems: [notParticipating],
});

export const readMyStatement = defineRoute({
  service,
  name: 'read-my-statement',
  method: 'GET',
  path: '/v1/me/statement',
  permission: 'resident',
  summary: { zh: '我的积分明细', en: 'My statement' },
  query: statementQuerySchema,
  status: 200,
  response: statementSchema,
  problems: [notParticipating],
});

export const readStatement = defineRoute({
  service,
  name: 'read-statement',
  method: 'GET',
  path: '/v1/people/{id}/statement',
  permission: 'points.read',
  summary: { zh: '居民积分明细', en: "A resident's statement" },
  params: idParams,
  query: statementQuerySchema,
  status: 200,
  response: statementSchema,
  problems: [notFound],
});

export const createAccounts = defineRoute({
  service,
  name: 'create-accounts',
  method: 'POST',
  path: '/v1/accounts',
  permission: 'service',
  summary: { zh: '开立账户', en: 'Create ledger accounts' },
  body: newAccountsSchema,
  bodyLimitBytes: 512 * 1024,
  status: 201,
  response: z.object({ accounts: z.number().int() }),
  isKeyless: true,
  problems: [pointsProblems.idReused, pointsProblems.foreignAccount],
});

export const readAccount = defineRoute({
  service,
  name: 'read-account',
  method: 'GET',
  path: '/v1/accounts/{id}',
  permission: 'service',
  summary: { zh: '查看账户', en: 'Read a ledger account' },
  params: z.strictObject({ id: idSchema }),
  status: 200,
  response: accountSchema,
  problems: [notFound],
});

export const listAccounts = defineRoute({
  service,
  name: 'list-accounts',
  method: 'GET',
  path: '/v1/accounts',
  permission: 'service',
  summary: { zh: '账户列表', en: 'List ledger accounts' },
  query: accountQuerySchema,
  status: 200,
  response: pageOf(accountSchema),
  problems: [],
});

/** Repeats are decided by the account's own state. */
export const closeAccount = defineRoute({
  service,
  name: 'close-account',
  method: 'POST',
  path: '/v1/accounts/{id}/closing',
  permission: 'service',
  summary: { zh: '关闭账户', en: 'Close a ledger account' },
  params: idParams,
  status: 200,
  response: accountSchema,
  isKeyless: true,
  problems: [notFound, pointsProblems.accountHasHolds],
});

export const listAccountTransfers = defineRoute({
  service,
  name: 'list-account-transfers',
  method: 'GET',
  path: '/v1/accounts/{id}/transfers',
  permission: 'service',
  summary: { zh: '账户流水', en: "An account's transfers" },
  params: idParams,
  query: historyQuerySchema,
  status: 200,
  response: pageOf(transferSchema),
  problems: [notFound],
});

export const readAccountBalance = defineRoute({
  service,
  name: 'read-account-balance',
  method: 'GET',
  path: '/v1/accounts/{id}/balance',
  permission: 'service',
  summary: { zh: '账户在某一时刻的余额', en: "An account's balance at an instant" },
  params: idParams,
  query: balanceQuerySchema,
  status: 200,
  response: pastBalanceSchema,
  problems: [notFound],
});

export const readTransfer = defineRoute({
  service,
  name: 'read-transfer',
  method: 'GET',
  path: '/v1/transfers/{id}',
  permission: 'service',
  summary: { zh: '查看一笔记账', en: 'Read a transfer' },
  params: idParams,
  status: 200,
  response: transferSchema,
  problems: [notFound],
});

export const listTransfers = defineRoute({
  service,
  name: 'list-transfers',
  method: 'GET',
  path: '/v1/transfers',
  permission: 'service',
  summary: { zh: '按编号查记账', en: 'List the transfers of a reference' },
  query: transferQuerySchema,
  status: 200,
  response: pageOf(transferSchema),
  problems: [],
});

/** Repeats are decided by the transfers' own ids. */
export const postTransfers = defineRoute({
  service,
  name: 'post-transfers',
  method: 'POST',
  path: '/v1/transfers',
  permission: 'service',
  summary: { zh: '记账', en: 'Post transfers' },
  body: newTransfersSchema,
  bodyLimitBytes: 3 * 1024 * 1024,
  status: 200,
  response: transferVerdictsSchema,
  isKeyless: true,
  problems: [pointsProblems.foreignAccount],
});

export const readLedgerHead = defineRoute({
  service,
  name: 'read-ledger-head',
  method: 'GET',
  path: '/v1/ledger-head',
  permission: 'service',
  summary: { zh: '账本链头', en: 'The last block of the ledger' },
  status: 200,
  response: ledgerHeadSchema,
  problems: [],
});

/** The ledger without ids, accounts and references, as JSON lines. */
export const readPublicLedger = defineRoute({
  service,
  name: 'read-public-ledger',
  method: 'GET',
  path: '/v1/public-ledger',
  permission: 'public',
  summary: { zh: '公开账本', en: 'The public ledger' },
  query: publicLedgerQuerySchema,
  status: 200,
  mediaType: 'application/x-ndjson',
  problems: [],
});

export const placeHold = defineRoute({
  service,
  name: 'place-hold',
  method: 'POST',
  path: '/v1/holds',
  permission: 'service',
  summary: { zh: '冻结积分', en: 'Hold points' },
  body: newHoldSchema,
  status: 201,
  response: holdSchema,
  problems: [
    notParticipating,
    pointsProblems.insufficientPoints,
    pointsProblems.levelTooLow,
    pointsProblems.idReused,
  ],
});

/** Up to 200 holds, a verdict for each, in their order. Repeats are decided by the holds' own ids. */
export const placeHolds = defineRoute({
  service,
  name: 'place-holds',
  method: 'POST',
  path: '/v1/hold-batches',
  permission: 'service',
  summary: { zh: '批量冻结积分', en: 'Hold points of several people' },
  body: newHoldsSchema,
  bodyLimitBytes: 128 * 1024,
  status: 200,
  response: holdVerdictsSchema,
  isKeyless: true,
  problems: [],
});

export const readHold = defineRoute({
  service,
  name: 'read-hold',
  method: 'GET',
  path: '/v1/holds/{id}',
  permission: 'service',
  summary: { zh: '查看冻结及其记账', en: 'A hold and its entries in the ledger' },
  params: idParams,
  status: 200,
  response: holdCourseSchema,
  problems: [pointsProblems.holdNotFound],
});

export const postHold = defineRoute({
  service,
  name: 'post-hold',
  method: 'POST',
  path: '/v1/holds/{id}/postings',
  permission: 'service',
  summary: { zh: '扣除冻结的积分', en: 'Post a hold' },
  params: idParams,
  status: 200,
  response: holdSchema,
  problems: [pointsProblems.holdNotFound, pointsProblems.holdClosed, pointsProblems.holdExpired],
});

export const voidHold = defineRoute({
  service,
  name: 'void-hold',
  method: 'POST',
  path: '/v1/holds/{id}/voiding',
  permission: 'service',
  summary: { zh: '解冻积分', en: 'Void a hold' },
  params: idParams,
  status: 200,
  response: holdSchema,
  problems: [pointsProblems.holdNotFound, pointsProblems.holdClosed],
});
