import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import {
  tableExportSchema,
  tableImportResultSchema,
  tableImportSchema,
  tableParams,
  xlsxMediaType,
} from './tables.ts';

const { notFound, unknownArea, tableHasErrors, tooManyRows } = commonProblems;

const service = 'directory';

export const readTableTemplate = defineRoute({
  service,
  name: 'read-table-template',
  method: 'GET',
  path: '/v1/tables/{table}/template',
  permission: 'directory.read',
  summary: { zh: '下载导入模板', en: 'Read the template of an import' },
  params: tableParams,
  status: 200,
  mediaType: xlsxMediaType,
  problems: [],
});

export const importTable = defineRoute({
  service,
  name: 'import-table',
  method: 'POST',
  path: '/v1/tables/{table}/imports',
  permission: 'directory.manage',
  summary: { zh: '导入表格', en: 'Import a table' },
  params: tableParams,
  body: tableImportSchema,
  bodyLimitBytes: 1024 * 1024,
  status: 200,
  response: tableImportResultSchema,
  problems: [tableHasErrors],
});

export const exportTable = defineRoute({
  service,
  name: 'export-table',
  method: 'POST',
  path: '/v1/tables/{table}/exports',
  permission: 'directory.read',
  summary: { zh: '按当前筛选导出表格', en: 'Export a table by its filters' },
  params: tableParams,
  body: tableExportSchema,
  status: 200,
  mediaType: xlsxMediaType,
  problems: [notFound, unknownArea, tooManyRows],
});
