import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { areaReportQuerySchema, areaReportSchema } from './area-report-schemas.ts';

const service = 'ratings';
const problems = [commonProblems.unknownArea, commonProblems.notFound];

export const readAreaReport = defineRoute({
  service,
  name: 'read-area-report',
  method: 'GET',
  path: '/v1/area-reports',
  permission: 'follow-ups.read',
  summary: { zh: '区域评价月报', en: 'The monthly report of an area' },
  query: areaReportQuerySchema,
  status: 200,
  response: areaReportSchema,
  problems,
});

export const readAreaReportWorkbook = defineRoute({
  service,
  name: 'read-area-report-workbook',
  method: 'GET',
  path: '/v1/area-reports/xlsx',
  permission: 'follow-ups.read',
  summary: { zh: '区域评价月报（Excel）', en: 'The monthly report as a workbook' },
  query: areaReportQuerySchema,
  status: 200,
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  problems,
});

export const readAreaReportPaper = defineRoute({
  service,
  name: 'read-area-report-paper',
  method: 'GET',
  path: '/v1/area-reports/pdf',
  permission: 'follow-ups.read',
  summary: { zh: '区域评价月报（PDF）', en: 'The monthly report on paper' },
  query: areaReportQuerySchema,
  status: 200,
  mediaType: 'application/pdf',
  problems,
});
