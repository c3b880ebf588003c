import * as z from 'zod';
import { idSchema, pageOf, pageQuery, phoneSchema } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { loginSchema, personSchema } from './schemas.ts';

const service = 'identity';

/** Null for who is out of the caller's reach, has no name or was erased. */
const namesSchema = z.object({
  items: z.array(z.object({ personId: idSchema, maskedName: z.string().nullable() })),
});

/** Colleagues, and residents at home in the caller's areas, as screens call them. */
export const listNames = defineRoute({
  service,
  name: 'list-names',
  method: 'POST',
  path: '/v1/name-lookups',
  permission: 'staff',
  summary: { zh: '人员称呼', en: 'What people are called, in masked form' },
  body: z.strictObject({ personIds: z.array(idSchema).min(1).max(100) }),
  status: 200,
  response: namesSchema,
  isKeyless: true,
  problems: [],
});

/** By the number that the resident tells at the counter; each look leaves an audit row. */
export const findResident = defineRoute({
  service,
  name: 'find-resident',
  method: 'POST',
  path: '/v1/resident-lookups',
  permission: 'people.register',
  summary: { zh: '按手机号找辖区居民', en: 'A resident of the area by their number' },
  body: z.strictObject({ phone: phoneSchema }),
  status: 200,
  response: personSchema,
  problems: [commonProblems.notFound],
});

const staffAccountSchema = z.object({
  personId: idSchema,
  login: z.string(),
  maskedName: z.string().nullable(),
  /** Whether the one-time password was not used yet. */
  mustChangePassword: z.boolean(),
});

export const listStaff = defineRoute({
  service,
  name: 'list-staff',
  method: 'GET',
  path: '/v1/staff',
  permission: 'directory.manage',
  summary: { zh: '工作人员账号', en: 'Accounts of staff, by login' },
  query: z.strictObject({
    ...pageQuery,
    /** How the login begins. */
    search: loginSchema.or(z.string().regex(/^[a-z]$/)).optional(),
  }),
  status: 200,
  response: pageOf(staffAccountSchema),
  problems: [],
});
