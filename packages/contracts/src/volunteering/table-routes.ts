import { xlsxMediaType } from '../directory/tables.ts';
import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { volunteeringProblems } from './problems.ts';
import {
  activityTableSchema,
  hoursTableSchema,
  maxRosterText,
  rosterImportResultSchema,
  rosterImportSchema,
} from './tables.ts';

const service = 'volunteering';
const { notFound, unknownArea, tableHasErrors, tooManyRows } = commonProblems;
const { shiftBegun } = volunteeringProblems;
const bodyLimitBytes = maxRosterText + 1_024;

export const readMemberTemplate = defineRoute({
  service,
  name: 'read-member-template',
  method: 'GET',
  path: '/v1/member-template',
  permission: 'volunteering.assist',
  summary: { zh: '队员名册导入模板', en: 'The template of members' },
  status: 200,
  mediaType: xlsxMediaType,
  problems: [],
});

export const readSignUpTemplate = defineRoute({
  service,
  name: 'read-sign-up-template',
  method: 'GET',
  path: '/v1/sign-up-template',
  permission: 'volunteering.assist',
  summary: { zh: '班次报名导入模板', en: 'The template of sign-ups' },
  status: 200,
  mediaType: xlsxMediaType,
  problems: [],
});

export const importMembers = defineRoute({
  service,
  name: 'import-members',
  method: 'POST',
  path: '/v1/teams/{id}/member-imports',
  permission: 'volunteering.assist',
  summary: { zh: '导入队员名册', en: 'Bring members into a team, all or none' },
  params: idParams,
  body: rosterImportSchema,
  bodyLimitBytes,
  status: 200,
  response: rosterImportResultSchema,
  problems: [notFound, tableHasErrors],
});

export const importSignUps = defineRoute({
  service,
  name: 'import-sign-ups',
  method: 'POST',
  path: '/v1/shifts/{id}/sign-up-imports',
  permission: 'volunteering.assist',
  summary: { zh: '导入班次报名', en: 'Sign volunteers up for a shift, all or none' },
  params: idParams,
  body: rosterImportSchema,
  bodyLimitBytes,
  status: 200,
  response: rosterImportResultSchema,
  problems: [notFound, tableHasErrors, shiftBegun],
});

export const exportMembers = defineRoute({
  service,
  name: 'export-members',
  method: 'POST',
  path: '/v1/teams/{id}/member-tables',
  permission: 'volunteering.lead',
  summary: { zh: '导出队员名册', en: 'The roster of a team as a workbook' },
  params: idParams,
  status: 200,
  mediaType: xlsxMediaType,
  problems: [notFound],
});

export const exportRoster = defineRoute({
  service,
  name: 'export-roster',
  method: 'POST',
  path: '/v1/shifts/{id}/roster-tables',
  permission: 'volunteering.lead',
  summary: { zh: '导出班次名单', en: 'The roster of a shift as a workbook' },
  params: idParams,
  status: 200,
  mediaType: xlsxMediaType,
  problems: [notFound],
});

export const exportHours = defineRoute({
  service,
  name: 'export-hours',
  method: 'POST',
  path: '/v1/hour-tables',
  permission: 'volunteering.read',
  summary: { zh: '按当前筛选导出时长', en: 'Hours by their filters as a workbook' },
  body: hoursTableSchema,
  status: 200,
  mediaType: xlsxMediaType,
  problems: [notFound, unknownArea, tooManyRows],
});

export const exportActivities = defineRoute({
  service,
  name: 'export-activities',
  method: 'POST',
  path: '/v1/activity-tables',
  permission: 'volunteering.read',
  summary: { zh: '按当前筛选导出活动', en: 'Activities by their filters as a workbook' },
  body: activityTableSchema,
  status: 200,
  mediaType: xlsxMediaType,
  problems: [tooManyRows],
});
