import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { calibrationQuerySchema, newPrintSchema, printSchema } from './prints.ts';
import { codesProblems } from './problems.ts';

const service = 'codes';
const { notFound, conflict } = commonProblems;

/** Made by a job; ask for the print until it is ready. */
export const requestPrint = defineRoute({
  service,
  name: 'request-print',
  method: 'POST',
  path: '/v1/prints',
  permission: 'codes.print',
  summary: { zh: '制作打印页', en: 'Have codes laid out for printing' },
  body: newPrintSchema,
  status: 202,
  response: printSchema,
  problems: [notFound, conflict, codesProblems.missingGlyph],
});

export const readPrint = defineRoute({
  service,
  name: 'read-print',
  method: 'GET',
  path: '/v1/prints/{id}',
  permission: 'codes.print',
  summary: { zh: '查看打印进度', en: 'How far a print is' },
  params: idParams,
  status: 200,
  response: printSchema,
  problems: [notFound],
});

export const readPrintPdf = defineRoute({
  service,
  name: 'read-print-pdf',
  method: 'GET',
  path: '/v1/prints/{id}/sheet.pdf',
  permission: 'codes.print',
  summary: { zh: '下载打印页', en: 'The print as PDF' },
  params: idParams,
  status: 200,
  mediaType: 'application/pdf',
  problems: [notFound, conflict],
});

export const readPrintSvg = defineRoute({
  service,
  name: 'read-print-svg',
  method: 'GET',
  path: '/v1/prints/{id}/sheet.svg',
  permission: 'codes.print',
  summary: { zh: '下载打印页矢量图', en: 'The print as SVG' },
  params: idParams,
  status: 200,
  mediaType: 'image/svg+xml',
  problems: [notFound, conflict],
});

export const readCalibrationPage = defineRoute({
  service,
  name: 'read-calibration-page',
  method: 'GET',
  path: '/v1/calibration-page.pdf',
  permission: 'codes.print',
  summary: { zh: '打印校准页', en: 'A page to measure how a printer moves the picture' },
  query: calibrationQuerySchema,
  status: 200,
  mediaType: 'application/pdf',
  problems: [],
});
