import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { volunteeringProblems } from './problems.ts';
import {
  leadershipSchema,
  memberPageSchema,
  memberQuerySchema,
  memberSchema,
  myMembershipQuerySchema,
  newMembershipSchema,
  newTeamSchema,
  teamPageSchema,
  teamQuerySchema,
  teamSchema,
} from './teams.ts';

const service = 'volunteering';
const { notFound, conflict, unknownArea } = commonProblems;
const { noProfile, unknownVolunteer, memberAlready, lastLeader } = volunteeringProblems;

export const createTeam = defineRoute({
  service,
  name: 'create-team',
  method: 'POST',
  path: '/v1/teams',
  permission: 'volunteering.manage',
  summary: { zh: '组建志愿服务队', en: 'Found a team with its leader' },
  body: newTeamSchema,
  status: 201,
  response: teamSchema,
  problems: [unknownArea, unknownVolunteer, notFound, conflict],
});

export const listTeams = defineRoute({
  service,
  name: 'list-teams',
  method: 'GET',
  path: '/v1/teams',
  permission: 'signed-in',
  summary: { zh: '志愿服务队', en: 'Teams' },
  query: teamQuerySchema,
  status: 200,
  response: teamPageSchema,
  problems: [],
});

export const closeTeam = defineRoute({
  service,
  name: 'close-team',
  method: 'POST',
  path: '/v1/teams/{id}/closing',
  permission: 'volunteering.manage',
  summary: { zh: '解散志愿服务队', en: 'Close a team' },
  params: idParams,
  status: 200,
  response: teamSchema,
  problems: [notFound, conflict],
});

export const listMembers = defineRoute({
  service,
  name: 'list-members',
  method: 'GET',
  path: '/v1/teams/{id}/members',
  permission: 'volunteering.lead',
  summary: { zh: '队员名册', en: 'The members of a team' },
  params: idParams,
  query: memberQuerySchema,
  status: 200,
  response: memberPageSchema,
  problems: [notFound],
});

export const applyForMembership = defineRoute({
  service,
  name: 'apply-for-membership',
  method: 'POST',
  path: '/v1/memberships',
  permission: 'resident',
  summary: { zh: '申请入队', en: 'Apply to a team' },
  body: newMembershipSchema,
  status: 201,
  response: memberSchema,
  problems: [notFound, noProfile, memberAlready],
});

export const listMyMemberships = defineRoute({
  service,
  name: 'list-my-memberships',
  method: 'GET',
  path: '/v1/me/memberships',
  permission: 'resident',
  summary: { zh: '我的队伍', en: 'Teams that I belong to' },
  query: myMembershipQuerySchema,
  status: 200,
  response: memberPageSchema,
  problems: [],
});

export const admitMember = defineRoute({
  service,
  name: 'admit-member',
  method: 'POST',
  path: '/v1/memberships/{id}/admission',
  permission: 'volunteering.lead',
  summary: { zh: '同意入队', en: 'Admit who applied' },
  params: idParams,
  status: 200,
  response: memberSchema,
  problems: [notFound, conflict],
});

export const refuseMember = defineRoute({
  service,
  name: 'refuse-member',
  method: 'POST',
  path: '/v1/memberships/{id}/refusal',
  permission: 'volunteering.lead',
  summary: { zh: '不同意入队', en: 'Refuse who applied' },
  params: idParams,
  status: 200,
  response: memberSchema,
  problems: [notFound, conflict],
});

/** By the member, or by who leads the team. */
export const endMembership = defineRoute({
  service,
  name: 'end-membership',
  method: 'POST',
  path: '/v1/memberships/{id}/ending',
  permission: 'volunteering.lead',
  summary: { zh: '退队或移出', en: 'Leave a team, or take somebody out of it' },
  params: idParams,
  status: 200,
  response: memberSchema,
  problems: [notFound, conflict, lastLeader],
});

export const setLeadership = defineRoute({
  service,
  name: 'set-leadership',
  method: 'POST',
  path: '/v1/memberships/{id}/leadership',
  permission: 'volunteering.manage',
  summary: { zh: '任免队长', en: 'Make a member a leader, or no longer' },
  params: idParams,
  body: leadershipSchema,
  status: 200,
  response: memberSchema,
  problems: [notFound, conflict, lastLeader],
});
