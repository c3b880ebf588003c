import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { identityProblems } from './problems.ts';
import {
  codeRequestedSchema,
  codeRequestSchema,
  codeSessionSchema,
  contactSchema,
  erasureSchema,
  fullNameSchema,
  meSchema,
  newOperatorSchema,
  newPersonSchema,
  newStaffSchema,
  operatorSchema,
  passwordChangeSchema,
  passwordSessionSchema,
  personExportSchema,
  personLookupSchema,
  personSchema,
  roleSwitchSchema,
  sessionLookupSchema,
  sessionPrincipalSchema,
  staffCreatedSchema,
} from './schemas.ts';

const { notFound, conflict, unknownArea } = commonProblems;
const service = 'identity';

export const requestCode = defineRoute({
  service,
  name: 'request-code',
  method: 'POST',
  path: '/v1/code-requests',
  permission: 'public',
  summary: { zh: '发送登录验证码', en: 'Send a one-time code' },
  body: codeRequestSchema,
  status: 202,
  response: codeRequestedSchema,
  isKeyless: true,
  problems: [identityProblems.tooManyCodes, identityProblems.textNotSent],
});

export const signInByCode = defineRoute({
  service,
  name: 'sign-in-by-code',
  method: 'POST',
  path: '/v1/code-sessions',
  permission: 'public',
  summary: { zh: '验证码登录', en: 'Sign in by one-time code' },
  body: codeSessionSchema,
  status: 201,
  response: meSchema,
  isKeyless: true,
  problems: [
    identityProblems.wrongCode,
    identityProblems.areaRequired,
    unknownArea,
    identityProblems.roleNotHeld,
    identityProblems.deviceNotBound,
  ],
});

export const signInByPassword = defineRoute({
  service,
  name: 'sign-in-by-password',
  method: 'POST',
  path: '/v1/password-sessions',
  permission: 'public',
  summary: { zh: '账号密码登录', en: 'Sign in by password' },
  body: passwordSessionSchema,
  status: 201,
  response: meSchema,
  isKeyless: true,
  problems: [identityProblems.wrongPassword, identityProblems.lockedOut],
});

export const signOut = defineRoute({
  service,
  name: 'sign-out',
  method: 'POST',
  path: '/v1/me/sign-out',
  permission: 'signed-in',
  summary: { zh: '退出登录', en: 'Sign out' },
  status: 204,
  isKeyless: true,
  problems: [],
});

export const readMe = defineRoute({
  service,
  name: 'read-me',
  method: 'GET',
  path: '/v1/me',
  permission: 'signed-in',
  summary: { zh: '我的身份', en: 'Who I am' },
  status: 200,
  response: meSchema,
  problems: [],
});

export const switchRole = defineRoute({
  service,
  name: 'switch-role',
  method: 'POST',
  path: '/v1/me/role',
  permission: 'signed-in',
  summary: { zh: '切换角色', en: 'Act in another role' },
  body: roleSwitchSchema,
  status: 200,
  response: meSchema,
  isKeyless: true,
  problems: [identityProblems.roleNotHeld],
});

export const changePassword = defineRoute({
  service,
  name: 'change-password',
  method: 'POST',
  path: '/v1/me/password',
  permission: 'signed-in',
  summary: { zh: '修改密码', en: 'Change the password' },
  body: passwordChangeSchema,
  status: 204,
  isKeyless: true,
  problems: [identityProblems.wrongPassword, identityProblems.lockedOut],
});

export const exportMe = defineRoute({
  service,
  name: 'export-me',
  method: 'GET',
  path: '/v1/me/export',
  permission: 'signed-in',
  summary: { zh: '导出我的资料', en: 'Export my data' },
  status: 200,
  response: personExportSchema,
  problems: [],
});

export const eraseMe = defineRoute({
  service,
  name: 'erase-me',
  method: 'POST',
  path: '/v1/me/erasure',
  permission: 'resident',
  summary: { zh: '注销并删除我的资料', en: 'Erase my data' },
  body: erasureSchema,
  status: 204,
  problems: [conflict],
});

export const registerPerson = defineRoute({
  service,
  name: 'register-person',
  method: 'POST',
  path: '/v1/people',
  permission: 'people.register',
  summary: { zh: '窗口登记居民', en: 'Register a resident at the counter' },
  body: newPersonSchema,
  status: 201,
  response: personSchema,
  problems: [identityProblems.phoneTaken, unknownArea, notFound],
});

export const createStaff = defineRoute({
  service,
  name: 'create-staff',
  method: 'POST',
  path: '/v1/staff',
  permission: 'staff.manage',
  summary: { zh: '新建工作人员账号', en: 'Create a staff account' },
  body: newStaffSchema,
  status: 201,
  response: staffCreatedSchema,
  problems: [identityProblems.loginTaken],
});

export const addOperator = defineRoute({
  service,
  name: 'add-operator',
  method: 'POST',
  path: '/v1/merchant-operators',
  permission: 'service',
  summary: { zh: '登记商户操作员', en: 'Register a merchant operator' },
  body: newOperatorSchema,
  status: 201,
  response: operatorSchema,
  problems: [conflict],
});

export const lookUpSession = defineRoute({
  service,
  name: 'look-up-session',
  method: 'POST',
  path: '/v1/session-lookups',
  permission: 'service',
  summary: { zh: '会话对应的身份', en: 'The principal of a session' },
  body: sessionLookupSchema,
  status: 200,
  response: sessionPrincipalSchema,
  isKeyless: true,
  problems: [notFound],
});

export const readContact = defineRoute({
  service,
  name: 'read-contact',
  method: 'GET',
  path: '/v1/people/{id}/contact',
  permission: 'service',
  summary: { zh: '联系方式', en: 'How to reach a person' },
  params: idParams,
  status: 200,
  response: contactSchema,
  problems: [notFound],
});

/** The whole name, for the one service that prints it on a paper the person asked for. */
export const readFullName = defineRoute({
  service,
  name: 'read-full-name',
  method: 'GET',
  path: '/v1/people/{id}/full-name',
  permission: 'service',
  summary: { zh: '姓名全称', en: 'The whole name of a person' },
  params: idParams,
  status: 200,
  response: fullNameSchema,
  problems: [notFound],
});

/** A resident by their number; whoever has no home here is not found. */
export const lookUpPerson = defineRoute({
  service,
  name: 'look-up-person',
  method: 'POST',
  path: '/v1/person-lookups',
  permission: 'service',
  summary: { zh: '按手机号找居民', en: 'A resident by their number, in masked form' },
  body: personLookupSchema,
  status: 200,
  response: personSchema,
  isKeyless: true,
  problems: [notFound],
});

export const readPerson = defineRoute({
  service,
  name: 'read-person',
  method: 'GET',
  path: '/v1/people/{id}',
  permission: 'service',
  summary: { zh: '居民概况', en: 'A person in masked form' },
  params: idParams,
  status: 200,
  response: personSchema,
  problems: [notFound],
});
