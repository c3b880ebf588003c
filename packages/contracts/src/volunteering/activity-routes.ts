import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import {
  activityChangeSchema,
  activityPageSchema,
  activityQuerySchema,
  newActivitySchema,
  newShiftSchema,
  openShiftPageSchema,
  openShiftQuerySchema,
  placeCodeOfShiftSchema,
  reasonSchema,
  wholeActivitySchema,
} from './activities.ts';
import { volunteeringProblems } from './problems.ts';

const service = 'volunteering';
const { notFound, conflict, unknownArea } = commonProblems;
const { unknownSkill, ownActivity, noShift, shiftInPast, tooManyShifts, shiftsLeft } =
  volunteeringProblems;

export const createActivity = defineRoute({
  service,
  name: 'create-activity',
  method: 'POST',
  path: '/v1/activities',
  permission: 'volunteering.lead',
  summary: { zh: '新建活动', en: 'Draft an activity of a team' },
  body: newActivitySchema,
  status: 201,
  response: wholeActivitySchema,
  problems: [notFound, unknownArea, conflict],
});

export const changeActivity = defineRoute({
  service,
  name: 'change-activity',
  method: 'POST',
  path: '/v1/activities/{id}/changes',
  permission: 'volunteering.lead',
  summary: { zh: '修改活动草稿', en: 'Change a draft' },
  params: idParams,
  body: activityChangeSchema,
  status: 200,
  response: wholeActivitySchema,
  problems: [notFound, unknownArea, conflict],
});

export const addShift = defineRoute({
  service,
  name: 'add-shift',
  method: 'POST',
  path: '/v1/activities/{id}/shifts',
  permission: 'volunteering.lead',
  summary: { zh: '添加班次', en: 'Add a shift to a draft' },
  params: idParams,
  body: newShiftSchema,
  status: 201,
  response: wholeActivitySchema,
  problems: [notFound, conflict, shiftInPast, unknownSkill, tooManyShifts],
});

export const submitActivity = defineRoute({
  service,
  name: 'submit-activity',
  method: 'POST',
  path: '/v1/activities/{id}/submission',
  permission: 'volunteering.lead',
  summary: { zh: '提交审批', en: 'Submit a draft for approval' },
  params: idParams,
  status: 200,
  response: wholeActivitySchema,
  problems: [notFound, conflict, noShift],
});

export const approveActivity = defineRoute({
  service,
  name: 'approve-activity',
  method: 'POST',
  path: '/v1/activities/{id}/approval',
  permission: 'volunteering.manage',
  summary: { zh: '同意开展', en: 'Approve an activity of others' },
  params: idParams,
  status: 200,
  response: wholeActivitySchema,
  problems: [notFound, conflict, ownActivity],
});

export const returnActivity = defineRoute({
  service,
  name: 'return-activity',
  method: 'POST',
  path: '/v1/activities/{id}/return',
  permission: 'volunteering.manage',
  summary: { zh: '退回修改', en: 'Return an activity to its draft' },
  params: idParams,
  body: reasonSchema,
  status: 200,
  response: wholeActivitySchema,
  problems: [notFound, conflict],
});

export const publishActivity = defineRoute({
  service,
  name: 'publish-activity',
  method: 'POST',
  path: '/v1/activities/{id}/publication',
  permission: 'volunteering.lead',
  summary: { zh: '发布活动', en: 'Open an approved activity for signing up' },
  params: idParams,
  status: 200,
  response: wholeActivitySchema,
  problems: [notFound, conflict],
});

export const cancelActivity = defineRoute({
  service,
  name: 'cancel-activity',
  method: 'POST',
  path: '/v1/activities/{id}/cancellation',
  permission: 'volunteering.lead',
  summary: { zh: '取消活动', en: 'Cancel an activity with the shifts to come' },
  params: idParams,
  body: reasonSchema,
  status: 200,
  response: wholeActivitySchema,
  problems: [notFound, conflict],
});

export const closeActivity = defineRoute({
  service,
  name: 'close-activity',
  method: 'POST',
  path: '/v1/activities/{id}/closing',
  permission: 'volunteering.lead',
  summary: { zh: '结束活动', en: 'Close an activity whose shifts are over' },
  params: idParams,
  status: 200,
  response: wholeActivitySchema,
  problems: [notFound, conflict, shiftsLeft],
});

export const readActivity = defineRoute({
  service,
  name: 'read-activity',
  method: 'GET',
  path: '/v1/activities/{id}',
  permission: 'signed-in',
  summary: { zh: '活动详情', en: 'An activity with its shifts' },
  params: idParams,
  status: 200,
  response: wholeActivitySchema,
  problems: [notFound],
});

export const listActivities = defineRoute({
  service,
  name: 'list-activities',
  method: 'GET',
  path: '/v1/activities',
  permission: 'volunteering.read',
  summary: { zh: '活动列表', en: 'Activities of the area' },
  query: activityQuerySchema,
  status: 200,
  response: activityPageSchema,
  problems: [],
});

export const listTeamActivities = defineRoute({
  service,
  name: 'list-team-activities',
  method: 'GET',
  path: '/v1/teams/{id}/activities',
  permission: 'volunteering.lead',
  summary: { zh: '队伍的活动', en: 'Activities of a team' },
  params: idParams,
  query: activityQuerySchema,
  status: 200,
  response: activityPageSchema,
  problems: [notFound],
});

export const listOpenShifts = defineRoute({
  service,
  name: 'list-open-shifts',
  method: 'GET',
  path: '/v1/shifts',
  permission: 'signed-in',
  summary: { zh: '可报名班次', en: 'Shifts to sign up for' },
  query: openShiftQuerySchema,
  status: 200,
  response: openShiftPageSchema,
  problems: [],
});

export const cancelShift = defineRoute({
  service,
  name: 'cancel-shift',
  method: 'POST',
  path: '/v1/shifts/{id}/cancellation',
  permission: 'volunteering.lead',
  summary: { zh: '取消班次', en: 'Cancel a shift and tell who signed up' },
  params: idParams,
  body: reasonSchema,
  status: 200,
  response: wholeActivitySchema,
  problems: [notFound, conflict],
});

export const setPlaceCode = defineRoute({
  service,
  name: 'set-place-code',
  method: 'POST',
  path: '/v1/shifts/{id}/place-code',
  permission: 'volunteering.lead',
  summary: { zh: '关联签到码', en: 'Say which changing code a shift checks in by' },
  params: idParams,
  body: placeCodeOfShiftSchema,
  status: 200,
  response: wholeActivitySchema,
  problems: [notFound, conflict],
});
