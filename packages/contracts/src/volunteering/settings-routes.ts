import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { volunteeringSettingsSchema } from './settings.ts';

const service = 'volunteering';
const { conflict, notFound } = commonProblems;

export const readVolunteeringSettings = defineRoute({
  service,
  name: 'read-volunteering-settings',
  method: 'GET',
  path: '/v1/settings',
  permission: 'signed-in',
  summary: { zh: '志愿服务规则', en: 'What holds for volunteering in the programme' },
  status: 200,
  response: volunteeringSettingsSchema,
  problems: [conflict],
});

export const setVolunteeringSettings = defineRoute({
  service,
  name: 'set-volunteering-settings',
  method: 'POST',
  path: '/v1/settings',
  permission: 'rules.manage',
  summary: { zh: '设置志愿服务规则', en: 'Set what holds for volunteering' },
  body: volunteeringSettingsSchema,
  status: 200,
  response: volunteeringSettingsSchema,
  problems: [conflict, notFound],
});
