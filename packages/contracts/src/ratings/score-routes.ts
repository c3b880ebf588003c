import { xlsxMediaType } from '../directory/tables.ts';
import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import {
  areaScoreQuerySchema,
  areaScoreSchema,
  scoreHistorySchema,
  scoreQuerySchema,
  scoreSchema,
  unitScoreSchema,
} from './score-schemas.ts';

const service = 'ratings';

export const readScore = defineRoute({
  service,
  name: 'read-score',
  method: 'GET',
  path: '/v1/subjects/{id}/score',
  permission: 'public',
  summary: { zh: '评价得分', en: 'The score of a subject' },
  params: idParams,
  query: scoreQuerySchema,
  status: 200,
  response: scoreSchema,
  problems: [],
});

export const readScoreHistory = defineRoute({
  service,
  name: 'read-score-history',
  method: 'GET',
  path: '/v1/subjects/{id}/score-history',
  permission: 'public',
  summary: { zh: '评价得分的变化', en: 'The score of a subject by month' },
  params: idParams,
  status: 200,
  response: scoreHistorySchema,
  problems: [],
});

export const readUnitScore = defineRoute({
  service,
  name: 'read-unit-score',
  method: 'GET',
  path: '/v1/units/{id}/score',
  permission: 'public',
  summary: { zh: '机构的评价得分', en: 'The score of a unit' },
  params: idParams,
  query: scoreQuerySchema,
  status: 200,
  response: unitScoreSchema,
  problems: [],
});

export const readAreaScore = defineRoute({
  service,
  name: 'read-area-score',
  method: 'GET',
  path: '/v1/area-scores',
  permission: 'public',
  summary: { zh: '区域的评价得分', en: 'The score of an area and what lies in it' },
  query: areaScoreQuerySchema,
  status: 200,
  response: areaScoreSchema,
  problems: [commonProblems.unknownArea],
});

export const exportScores = defineRoute({
  service,
  name: 'export-scores',
  method: 'POST',
  path: '/v1/area-score-tables',
  permission: 'ratings.read',
  summary: { zh: '导出区域内的评价得分', en: 'The scores of an area as a workbook' },
  body: areaScoreQuerySchema,
  status: 200,
  mediaType: xlsxMediaType,
  problems: [commonProblems.notFound, commonProblems.unknownArea],
});
