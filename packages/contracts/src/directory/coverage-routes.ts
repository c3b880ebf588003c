import * as z from 'zod';
import { areaCodeSchema } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { coverageAreaPageSchema, coverageAreaQuerySchema, coverageSchema } from './coverage.ts';
import { xlsxMediaType } from './tables.ts';

const { notFound } = commonProblems;
const params = z.strictObject({ code: areaCodeSchema });

const service = 'directory';

export const readCoverage = defineRoute({
  service,
  name: 'read-coverage',
  method: 'GET',
  path: '/v1/areas/{code}/coverage',
  permission: 'directory.read',
  summary: {
    zh: '各级站点和持证社工覆盖情况',
    en: 'Read how far stations and certified workers reach',
  },
  params,
  status: 200,
  response: coverageSchema,
  problems: [notFound],
});

export const listCoverageAreas = defineRoute({
  service,
  name: 'list-coverage-areas',
  method: 'GET',
  path: '/v1/areas/{code}/coverage-areas',
  permission: 'directory.read',
  summary: { zh: '各区划的覆盖情况', en: 'List areas with what reaches them' },
  params,
  query: coverageAreaQuerySchema,
  status: 200,
  response: coverageAreaPageSchema,
  problems: [notFound],
});

export const exportCoverage = defineRoute({
  service,
  name: 'export-coverage',
  method: 'POST',
  path: '/v1/areas/{code}/coverage-exports',
  permission: 'directory.read',
  summary: { zh: '导出覆盖情况', en: 'Export coverage as a workbook' },
  params,
  status: 200,
  mediaType: xlsxMediaType,
  problems: [notFound],
});
