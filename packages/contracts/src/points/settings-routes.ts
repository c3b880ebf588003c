import * as z from 'zod';
import { pageQuery } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { newSettingsSchema, settingsHistorySchema, settingsVersionSchema } from './settings.ts';

const service = 'points';

export const readSettings = defineRoute({
  service,
  name: 'read-settings',
  method: 'GET',
  path: '/v1/settings',
  permission: 'signed-in',
  summary: { zh: '方案的积分设置', en: 'Settings of the programme in force' },
  status: 200,
  response: settingsVersionSchema,
  problems: [],
});

export const listSettings = defineRoute({
  service,
  name: 'list-settings',
  method: 'GET',
  path: '/v1/settings/versions',
  permission: 'points.read',
  summary: { zh: '积分设置的历次版本', en: 'All versions of the settings' },
  query: z.strictObject(pageQuery),
  status: 200,
  response: settingsHistorySchema,
  problems: [],
});

/** The version in force is never changed, only followed by another. */
export const setSettings = defineRoute({
  service,
  name: 'set-settings',
  method: 'POST',
  path: '/v1/settings',
  permission: 'rules.manage',
  summary: { zh: '修改积分设置', en: 'Set the programme' },
  body: newSettingsSchema,
  status: 201,
  response: settingsVersionSchema,
  problems: [commonProblems.dayInPast],
});
