import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { volunteeringProblems } from './problems.ts';
import {
  newAreaProjectSchema,
  newTeamProjectSchema,
  projectChangeSchema,
  projectMarkSchema,
  projectOfActivitySchema,
  projectPageSchema,
  projectQuerySchema,
  projectSchema,
  publicProjectQuerySchema,
} from './projects.ts';

const service = 'volunteering';
const { notFound, unknownArea, conflict } = commonProblems;
const { ownActivity, daysUnfit, projectUnfit } = volunteeringProblems;

/** What residents may read of: approved, running and closed ones. */
export const listPublicProjects = defineRoute({
  service,
  name: 'list-public-projects',
  method: 'GET',
  path: '/v1/projects',
  permission: 'public',
  summary: { zh: '品牌项目', en: 'The projects of a programme, counted from records' },
  query: publicProjectQuerySchema,
  status: 200,
  response: projectPageSchema,
  problems: [],
});

export const listAreaProjects = defineRoute({
  service,
  name: 'list-area-projects',
  method: 'GET',
  path: '/v1/area-projects',
  permission: 'volunteering.read',
  summary: { zh: '辖区品牌项目', en: 'The projects of the area, drafts too' },
  query: projectQuerySchema,
  status: 200,
  response: projectPageSchema,
  problems: [],
});

export const listTeamProjects = defineRoute({
  service,
  name: 'list-team-projects',
  method: 'GET',
  path: '/v1/teams/{id}/projects',
  permission: 'volunteering.lead',
  summary: { zh: '队伍的品牌项目', en: 'The projects of a team, drafts too' },
  params: idParams,
  query: projectQuerySchema,
  status: 200,
  response: projectPageSchema,
  problems: [notFound],
});

export const createTeamProject = defineRoute({
  service,
  name: 'create-team-project',
  method: 'POST',
  path: '/v1/teams/{id}/projects',
  permission: 'volunteering.lead',
  summary: { zh: '起草队伍品牌项目', en: 'Draft a project of a team' },
  params: idParams,
  body: newTeamProjectSchema,
  status: 201,
  response: projectSchema,
  problems: [notFound, daysUnfit],
});

export const createAreaProject = defineRoute({
  service,
  name: 'create-area-project',
  method: 'POST',
  path: '/v1/area-projects',
  permission: 'volunteering.manage',
  summary: { zh: '起草区域品牌项目', en: 'Draft a project of an area' },
  body: newAreaProjectSchema,
  status: 201,
  response: projectSchema,
  problems: [notFound, unknownArea, daysUnfit],
});

const command = {
  service,
  method: 'POST',
  params: idParams,
  status: 200,
  response: projectSchema,
} as const;

export const changeProject = defineRoute({
  ...command,
  name: 'change-project',
  path: '/v1/projects/{id}/changes',
  permission: 'volunteering.lead',
  summary: { zh: '修改项目草稿', en: 'Change a draft' },
  body: projectChangeSchema,
  problems: [notFound, conflict, daysUnfit],
});

/** By an officer over the area who has neither written nor leads it. */
export const approveProject = defineRoute({
  ...command,
  name: 'approve-project',
  path: '/v1/projects/{id}/approval',
  permission: 'volunteering.manage',
  summary: { zh: '同意立项', en: 'Approve a project' },
  problems: [notFound, conflict, ownActivity],
});

export const startProject = defineRoute({
  ...command,
  name: 'start-project',
  path: '/v1/projects/{id}/start',
  permission: 'volunteering.lead',
  summary: { zh: '项目开始', en: 'Begin a project' },
  problems: [notFound, conflict],
});

export const closeProject = defineRoute({
  ...command,
  name: 'close-project',
  path: '/v1/projects/{id}/closing',
  permission: 'volunteering.lead',
  summary: { zh: '项目结项', en: 'Close a project' },
  problems: [notFound, conflict],
});

export const setProjectOfActivity = defineRoute({
  service,
  name: 'set-project-of-activity',
  method: 'POST',
  path: '/v1/activities/{id}/project',
  permission: 'volunteering.lead',
  summary: { zh: '活动归入项目', en: 'Say which project an activity belongs to' },
  params: idParams,
  body: projectOfActivitySchema,
  status: 200,
  response: projectMarkSchema,
  problems: [notFound, conflict, projectUnfit],
});
