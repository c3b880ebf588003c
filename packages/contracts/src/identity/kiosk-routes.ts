import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import {
  kioskLookUpSchema,
  kioskPageSchema,
  kioskPrincipalSchema,
  kioskQuerySchema,
  kioskSchema,
  madeKioskSchema,
  newKioskSchema,
} from './kiosks.ts';

const service = 'identity';
const { notFound, unknownArea } = commonProblems;

export const createKiosk = defineRoute({
  service,
  name: 'create-kiosk',
  method: 'POST',
  path: '/v1/kiosks',
  permission: 'walls.manage',
  summary: { zh: '开通大屏', en: 'Let a screen on a wall show an area' },
  body: newKioskSchema,
  status: 201,
  response: madeKioskSchema,
  problems: [notFound, unknownArea],
});

export const listKiosks = defineRoute({
  service,
  name: 'list-kiosks',
  method: 'GET',
  path: '/v1/kiosks',
  permission: 'walls.manage',
  summary: { zh: '大屏列表', en: 'List screens on walls' },
  query: kioskQuerySchema,
  status: 200,
  response: kioskPageSchema,
  problems: [],
});

export const revokeKiosk = defineRoute({
  service,
  name: 'revoke-kiosk',
  method: 'POST',
  path: '/v1/kiosks/{id}/revocation',
  permission: 'walls.manage',
  summary: { zh: '停用大屏', en: 'End what a screen may show' },
  params: idParams,
  status: 200,
  response: kioskSchema,
  problems: [notFound],
});

export const lookUpKiosk = defineRoute({
  service,
  name: 'look-up-kiosk',
  method: 'POST',
  path: '/v1/kiosk-lookups',
  permission: 'service',
  summary: { zh: '核对大屏令牌', en: 'Look up the token of a screen' },
  body: kioskLookUpSchema,
  status: 200,
  response: kioskPrincipalSchema,
  problems: [notFound],
  isKeyless: true,
});
