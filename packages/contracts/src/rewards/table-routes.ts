import { xlsxMediaType } from '../directory/tables.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import {
  benefitExportSchema,
  benefitImportResultSchema,
  benefitImportSchema,
  maxFileText,
} from './tables.ts';

const service = 'rewards';

export const readBenefitTemplate = defineRoute({
  service,
  name: 'read-benefit-template',
  method: 'GET',
  path: '/v1/benefit-template',
  permission: 'rewards.read',
  summary: { zh: '权益导入模板', en: 'The template of an import' },
  status: 200,
  mediaType: xlsxMediaType,
  problems: [],
});

export const importBenefits = defineRoute({
  service,
  name: 'import-benefits',
  method: 'POST',
  path: '/v1/benefit-imports',
  permission: 'rewards.manage',
  summary: { zh: '批量导入权益草稿', en: 'Draft benefits from a table, all or none' },
  body: benefitImportSchema,
  bodyLimitBytes: maxFileText + 1_024,
  status: 200,
  response: benefitImportResultSchema,
  problems: [commonProblems.tableHasErrors],
});

export const exportBenefits = defineRoute({
  service,
  name: 'export-benefits',
  method: 'POST',
  path: '/v1/benefit-exports',
  permission: 'rewards.read',
  summary: { zh: '导出权益', en: 'Export benefits by their filters' },
  body: benefitExportSchema,
  status: 200,
  mediaType: xlsxMediaType,
  problems: [commonProblems.tooManyRows],
});
