import * as z from 'zod';
import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { codesProblems } from './problems.ts';
import {
  codeClosingSchema,
  codePageSchema,
  codeQuerySchema,
  codeReportSchema,
  codeSchema,
  newCodeSchema,
  resolvedScanSchema,
  rotationSchema,
  scanPurposeSchema,
  scanSchema,
} from './schemas.ts';

const { notFound, conflict } = commonProblems;
const service = 'codes';
const tokenParams = z.strictObject({ token: z.string().max(64) });

export const issueCode = defineRoute({
  service,
  name: 'issue-code',
  method: 'POST',
  path: '/v1/codes',
  permission: 'codes.issue',
  summary: { zh: '签发评价码', en: 'Issue an evaluation code' },
  body: newCodeSchema,
  status: 201,
  response: codeSchema,
  problems: [codesProblems.codeExists, codesProblems.unknownSubject],
});

export const listCodes = defineRoute({
  service,
  name: 'list-codes',
  method: 'GET',
  path: '/v1/codes',
  permission: 'codes.read',
  summary: { zh: '评价码列表', en: 'List codes' },
  query: codeQuerySchema,
  status: 200,
  response: codePageSchema,
  problems: [],
});

export const readCode = defineRoute({
  service,
  name: 'read-code',
  method: 'GET',
  path: '/v1/codes/{id}',
  permission: 'codes.read',
  summary: { zh: '查看评价码', en: 'Read a code' },
  params: idParams,
  status: 200,
  response: codeSchema,
  problems: [notFound],
});

export const readCodeSvg = defineRoute({
  service,
  name: 'read-code-svg',
  method: 'GET',
  path: '/v1/codes/{id}/qr.svg',
  permission: 'codes.read',
  summary: { zh: '评价码矢量图', en: 'The code as SVG' },
  params: idParams,
  status: 200,
  mediaType: 'image/svg+xml',
  problems: [notFound],
});

export const readCodePng = defineRoute({
  service,
  name: 'read-code-png',
  method: 'GET',
  path: '/v1/codes/{id}/qr.png',
  permission: 'codes.read',
  summary: { zh: '评价码图片', en: 'The code as PNG' },
  params: idParams,
  status: 200,
  mediaType: 'image/png',
  problems: [notFound],
});

export const rotateCode = defineRoute({
  service,
  name: 'rotate-code',
  method: 'POST',
  path: '/v1/codes/{id}/rotations',
  permission: 'codes.issue',
  summary: { zh: '更换评价码', en: 'Replace a code' },
  params: idParams,
  body: rotationSchema,
  status: 201,
  response: codeSchema,
  problems: [notFound, conflict],
});

export const closeCode = defineRoute({
  service,
  name: 'close-code',
  method: 'POST',
  path: '/v1/codes/{id}/closing',
  permission: 'codes.issue',
  summary: { zh: '停用评价码', en: 'Retire a code or mark it lost' },
  params: idParams,
  body: codeClosingSchema,
  status: 200,
  response: codeSchema,
  problems: [notFound, conflict],
});

/** A token or a typed short code; anything not in force answers alike. */
export const readScan = defineRoute({
  service,
  name: 'read-scan',
  method: 'GET',
  path: '/v1/scans/{token}',
  permission: 'public',
  summary: { zh: '扫码查看', en: 'What a code shows' },
  params: tokenParams,
  status: 200,
  response: scanSchema,
  problems: [codesProblems.invalidCode],
});

export const resolveScan = defineRoute({
  service,
  name: 'resolve-scan',
  method: 'GET',
  path: '/v1/resolved-scans/{token}',
  permission: 'service',
  summary: { zh: '解析评价码', en: 'Resolve a code for another service' },
  params: tokenParams,
  query: scanPurposeSchema,
  status: 200,
  response: resolvedScanSchema,
  problems: [codesProblems.invalidCode],
});

export const reportCode = defineRoute({
  service,
  name: 'report-code',
  method: 'POST',
  path: '/v1/scans/{token}/reports',
  permission: 'public',
  summary: { zh: '举报可疑的码', en: 'Report a suspicious code' },
  params: tokenParams,
  body: codeReportSchema,
  status: 201,
  response: z.object({ received: z.literal(true) }),
  problems: [],
});
