import { xlsxMediaType } from '../directory/tables.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { statisticQuerySchema, statisticSchema } from './statistics.ts';

const service = 'volunteering';
const problems = [commonProblems.notFound, commonProblems.unknownArea];

/** Of an area with all that lies in it; what happened keeps the area that it had. */
export const readStatistic = defineRoute({
  service,
  name: 'read-statistic',
  method: 'GET',
  path: '/v1/statistics',
  permission: 'volunteering.read',
  summary: { zh: '区域志愿服务统计', en: 'Statistics of an area in a month or quarter' },
  query: statisticQuerySchema,
  status: 200,
  response: statisticSchema,
  problems,
});

export const exportStatistic = defineRoute({
  service,
  name: 'export-statistic',
  method: 'POST',
  path: '/v1/statistic-tables',
  permission: 'volunteering.read',
  summary: { zh: '导出区域志愿服务统计', en: 'The same as a workbook' },
  body: statisticQuerySchema,
  status: 200,
  mediaType: xlsxMediaType,
  problems,
});
