import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import {
  menuDecisionSchema,
  menuItemSchema,
  menuPageSchema,
  menuQuerySchema,
  menuStateSchema,
  newMenuItemSchema,
} from './menu.ts';
import { volunteeringProblems } from './problems.ts';

const service = 'volunteering';
const { notFound, conflict } = commonProblems;
const { unknownSkill, ownActivity } = volunteeringProblems;

/** By who leads the team; an officer agrees before anybody can order. */
export const proposeMenuItem = defineRoute({
  service,
  name: 'propose-menu-item',
  method: 'POST',
  path: '/v1/menu-items',
  permission: 'volunteering.lead',
  summary: { zh: '提报服务项目', en: 'Propose what a team does for residents' },
  body: newMenuItemSchema,
  status: 201,
  response: menuItemSchema,
  problems: [notFound, conflict, unknownSkill],
});

/** Residents see what is offered where they live, who leads a team or its area sees all of it. */
export const listMenu = defineRoute({
  service,
  name: 'list-menu',
  method: 'GET',
  path: '/v1/menu-items',
  permission: 'signed-in',
  summary: { zh: '服务菜单', en: 'The menu of services' },
  query: menuQuerySchema,
  status: 200,
  response: menuPageSchema,
  problems: [],
});

export const listTeamMenu = defineRoute({
  service,
  name: 'list-team-menu',
  method: 'GET',
  path: '/v1/teams/{id}/menu-items',
  permission: 'volunteering.lead',
  summary: { zh: '本队服务项目', en: 'What a team offers, proposed and paused too' },
  params: idParams,
  query: menuQuerySchema,
  status: 200,
  response: menuPageSchema,
  problems: [notFound],
});

export const decideMenuItem = defineRoute({
  service,
  name: 'decide-menu-item',
  method: 'POST',
  path: '/v1/menu-items/{id}/decision',
  permission: 'volunteering.manage',
  summary: { zh: '审核服务项目', en: 'Agree to what a team proposed, or not' },
  params: idParams,
  body: menuDecisionSchema,
  status: 200,
  response: menuItemSchema,
  problems: [notFound, conflict, ownActivity],
});

export const setMenuState = defineRoute({
  service,
  name: 'set-menu-state',
  method: 'POST',
  path: '/v1/menu-items/{id}/state',
  permission: 'volunteering.lead',
  summary: { zh: '暂停、恢复或下架服务项目', en: 'Pause, resume or withdraw what is offered' },
  params: idParams,
  body: menuStateSchema,
  status: 200,
  response: menuItemSchema,
  problems: [notFound, conflict],
});
