import { xlsxMediaType } from '../directory/tables.ts';
import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { rewardsProblems } from './problems.ts';
import {
  disputeAnswerSchema,
  disputePageSchema,
  disputeQuerySchema,
  disputeSchema,
  newDisputeSchema,
  newRunSchema,
  paymentSchema,
  runPageSchema,
  runQuerySchema,
  runSchema,
  settlementExportSchema,
  statementLinePageSchema,
  statementLineQuerySchema,
  statementPageSchema,
  statementQuerySchema,
  statementSchema,
} from './settlements.ts';

const service = 'rewards';
const { notFound, conflict, tooManyRows } = commonProblems;
const { monthOpen, monthNotNext, disputeTooLate, sameValue, ownAnswer } = rewardsProblems;

export const startSettlement = defineRoute({
  service,
  name: 'start-settlement',
  method: 'POST',
  path: '/v1/settlement-runs',
  permission: 'rewards.manage',
  summary: { zh: '发起月度结算', en: 'Settle a month, or go on with it' },
  body: newRunSchema,
  status: 200,
  response: runSchema,
  problems: [notFound, conflict, monthOpen, monthNotNext],
});

export const listSettlementRuns = defineRoute({
  service,
  name: 'list-settlement-runs',
  method: 'GET',
  path: '/v1/settlement-runs',
  permission: 'rewards.read',
  summary: { zh: '结算进度', en: 'The settlements of the programme and how far they are' },
  query: runQuerySchema,
  status: 200,
  response: runPageSchema,
  problems: [],
});

export const listStatements = defineRoute({
  service,
  name: 'list-merchant-statements',
  method: 'GET',
  path: '/v1/statements',
  permission: 'statements.read',
  summary: { zh: '结算单列表', en: 'Statements: those of the area, or the own ones' },
  query: statementQuerySchema,
  status: 200,
  response: statementPageSchema,
  problems: [],
});

export const readStatement = defineRoute({
  service,
  name: 'read-merchant-statement',
  method: 'GET',
  path: '/v1/statements/{id}',
  permission: 'statements.read',
  summary: { zh: '结算单', en: 'A statement' },
  params: idParams,
  status: 200,
  response: statementSchema,
  problems: [notFound],
});

export const listStatementLines = defineRoute({
  service,
  name: 'list-merchant-statement-lines',
  method: 'GET',
  path: '/v1/statements/{id}/lines',
  permission: 'statements.read',
  summary: { zh: '结算明细', en: 'Its lines, a voucher each' },
  params: idParams,
  query: statementLineQuerySchema,
  status: 200,
  response: statementLinePageSchema,
  problems: [notFound],
});

export const readStatementWorkbook = defineRoute({
  service,
  name: 'read-merchant-statement-workbook',
  method: 'GET',
  path: '/v1/statements/{id}/xlsx',
  permission: 'statements.read',
  summary: { zh: '结算单（Excel）', en: 'A statement as a workbook' },
  params: idParams,
  status: 200,
  mediaType: xlsxMediaType,
  problems: [notFound, tooManyRows],
});

export const readStatementPaper = defineRoute({
  service,
  name: 'read-merchant-statement-paper',
  method: 'GET',
  path: '/v1/statements/{id}/pdf',
  permission: 'statements.read',
  summary: { zh: '结算单（PDF）', en: 'A statement on paper' },
  params: idParams,
  status: 200,
  mediaType: 'application/pdf',
  problems: [notFound],
});

export const confirmStatement = defineRoute({
  service,
  name: 'confirm-merchant-statement',
  method: 'POST',
  path: '/v1/statements/{id}/confirmation',
  permission: 'merchants.own',
  summary: { zh: '确认结算单', en: 'Say that a statement is right' },
  params: idParams,
  status: 200,
  response: statementSchema,
  problems: [notFound, conflict],
});

export const payStatement = defineRoute({
  service,
  name: 'pay-merchant-statement',
  method: 'POST',
  path: '/v1/statements/{id}/payment',
  permission: 'rewards.manage',
  summary: { zh: '登记付款', en: 'Say that a statement was paid' },
  params: idParams,
  body: paymentSchema,
  status: 200,
  response: statementSchema,
  problems: [notFound, conflict],
});

export const raiseDispute = defineRoute({
  service,
  name: 'raise-settlement-dispute',
  method: 'POST',
  path: '/v1/settlement-disputes',
  permission: 'merchants.own',
  summary: { zh: '对一笔提出异议', en: 'Dispute a line of an own statement' },
  body: newDisputeSchema,
  status: 201,
  response: disputeSchema,
  problems: [notFound, conflict, disputeTooLate],
});

export const listDisputes = defineRoute({
  service,
  name: 'list-settlement-disputes',
  method: 'GET',
  path: '/v1/settlement-disputes',
  permission: 'statements.read',
  summary: { zh: '结算异议', en: 'Disputes: those of the area, or the own ones' },
  query: disputeQuerySchema,
  status: 200,
  response: disputePageSchema,
  problems: [],
});

export const answerDispute = defineRoute({
  service,
  name: 'answer-settlement-dispute',
  method: 'POST',
  path: '/v1/settlement-disputes/{id}/answer',
  permission: 'rewards.manage',
  summary: { zh: '答复异议', en: 'Answer a dispute; a rejection goes to another officer' },
  params: idParams,
  body: disputeAnswerSchema,
  status: 200,
  response: disputeSchema,
  problems: [notFound, conflict, sameValue],
});

export const decideDispute = defineRoute({
  service,
  name: 'decide-settlement-dispute',
  method: 'POST',
  path: '/v1/settlement-disputes/{id}/decision',
  permission: 'rewards.manage',
  summary: { zh: '裁定异议', en: 'Decide a dispute that another officer had rejected' },
  params: idParams,
  body: disputeAnswerSchema,
  status: 200,
  response: disputeSchema,
  problems: [notFound, conflict, sameValue, ownAnswer],
});

export const exportSettlement = defineRoute({
  service,
  name: 'export-settlement',
  method: 'POST',
  path: '/v1/settlement-exports',
  permission: 'rewards.manage',
  summary: { zh: '导出结算（财务）', en: 'A month for the finance office' },
  body: settlementExportSchema,
  status: 200,
  mediaType: xlsxMediaType,
  problems: [notFound, tooManyRows],
});
