import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import {
  suspicionCheckSchema,
  suspicionPageSchema,
  suspicionQuerySchema,
  suspicionSchema,
} from './reports.ts';
import {
  scanCountQuerySchema,
  scanCountsSchema,
  scanTotalPageSchema,
  scanTotalQuerySchema,
} from './scan-counts.ts';

const service = 'codes';
const { notFound, conflict } = commonProblems;

export const listSuspicions = defineRoute({
  service,
  name: 'list-suspicions',
  method: 'GET',
  path: '/v1/suspicions',
  permission: 'codes.read',
  summary: { zh: '可疑码举报列表', en: 'Reports of suspicious codes' },
  query: suspicionQuerySchema,
  status: 200,
  response: suspicionPageSchema,
  problems: [],
});

export const checkSuspicion = defineRoute({
  service,
  name: 'check-suspicion',
  method: 'POST',
  path: '/v1/suspicions/{id}/check',
  permission: 'codes.issue',
  summary: { zh: '核查可疑码', en: 'Say what was found about a reported code' },
  params: idParams,
  body: suspicionCheckSchema,
  status: 200,
  response: suspicionSchema,
  problems: [notFound, conflict],
});

export const readScanCounts = defineRoute({
  service,
  name: 'read-scan-counts',
  method: 'GET',
  path: '/v1/codes/{id}/scan-counts',
  permission: 'codes.read',
  summary: { zh: '评价码扫码次数', en: 'How often a code was scanned, day by day' },
  params: idParams,
  query: scanCountQuerySchema,
  status: 200,
  response: scanCountsSchema,
  problems: [notFound],
});

export const listScanTotals = defineRoute({
  service,
  name: 'list-scan-totals',
  method: 'GET',
  path: '/v1/scan-totals',
  permission: 'codes.read',
  summary: { zh: '各评价码扫码合计', en: 'Scans of each code in a period' },
  query: scanTotalQuerySchema,
  status: 200,
  response: scanTotalPageSchema,
  problems: [],
});
