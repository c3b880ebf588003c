import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import {
  batchPageSchema,
  batchQuerySchema,
  batchSchema,
  newAreaBatchSchema,
  newSheetBatchSchema,
} from './batches.ts';
import { codesProblems } from './problems.ts';

const service = 'codes';
const { notFound, unknownArea, conflict } = commonProblems;

export const issueAreaBatch = defineRoute({
  service,
  name: 'issue-area-batch',
  method: 'POST',
  path: '/v1/area-batches',
  permission: 'codes.issue',
  summary: { zh: '按区域批量签发评价码', en: 'Issue codes for all subjects of an area' },
  body: newAreaBatchSchema,
  status: 202,
  response: batchSchema,
  problems: [unknownArea],
});

export const issueSheetBatch = defineRoute({
  service,
  name: 'issue-sheet-batch',
  method: 'POST',
  path: '/v1/sheet-batches',
  permission: 'codes.issue',
  summary: { zh: '按表格批量签发评价码', en: 'Issue codes for the rows of a table' },
  body: newSheetBatchSchema,
  bodyLimitBytes: 900_000,
  status: 202,
  response: batchSchema,
  problems: [codesProblems.rowsRefused],
});

export const listBatches = defineRoute({
  service,
  name: 'list-batches',
  method: 'GET',
  path: '/v1/batches',
  permission: 'codes.read',
  summary: { zh: '批量签发列表', en: 'Batches and how far they are' },
  query: batchQuerySchema,
  status: 200,
  response: batchPageSchema,
  problems: [],
});

export const readBatch = defineRoute({
  service,
  name: 'read-batch',
  method: 'GET',
  path: '/v1/batches/{id}',
  permission: 'codes.read',
  summary: { zh: '查看批量签发', en: 'Read a batch' },
  params: idParams,
  status: 200,
  response: batchSchema,
  problems: [notFound],
});

/** Name, unit, place, address and short code of each row, once all are issued. */
export const readBatchTable = defineRoute({
  service,
  name: 'read-batch-table',
  method: 'GET',
  path: '/v1/batches/{id}/codes.xlsx',
  permission: 'codes.read',
  summary: { zh: '导出批量签发的评价码', en: 'The codes of a batch as a table' },
  params: idParams,
  status: 200,
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  problems: [notFound, conflict],
});
