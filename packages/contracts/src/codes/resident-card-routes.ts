import * as z from 'zod';
import { idParams } from '../primitives.ts';
import { commonProblems } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { codesProblems } from './problems.ts';
import {
  cardCheckSchema,
  cardHolderSchema,
  newResidentCardSchema,
  residentCardPageSchema,
  residentCardQuerySchema,
  residentCardSchema,
} from './resident-cards.ts';

const service = 'codes';
const { notFound, conflict, unknownArea } = commonProblems;

export const issueResidentCard = defineRoute({
  service,
  name: 'issue-resident-card',
  method: 'POST',
  path: '/v1/resident-cards',
  permission: 'people.register',
  summary: { zh: '发放居民便民卡', en: 'Give a card to a resident without a phone' },
  body: newResidentCardSchema,
  status: 201,
  response: residentCardSchema,
  problems: [codesProblems.cardExists, unknownArea],
});

export const listResidentCards = defineRoute({
  service,
  name: 'list-resident-cards',
  method: 'GET',
  path: '/v1/resident-cards',
  permission: 'people.register',
  summary: { zh: '居民便民卡列表', en: 'Cards of residents' },
  query: residentCardQuerySchema,
  status: 200,
  response: residentCardPageSchema,
  problems: [],
});

export const revokeResidentCard = defineRoute({
  service,
  name: 'revoke-resident-card',
  method: 'POST',
  path: '/v1/resident-cards/{id}/revocation',
  permission: 'people.register',
  summary: { zh: '停用居民便民卡', en: 'Revoke a card that was lost or is no longer wanted' },
  params: idParams,
  status: 200,
  response: residentCardSchema,
  problems: [notFound, conflict],
});

/** A card as scanned or typed; a revoked, a foreign and an unknown one answer alike. */
export const readCardHolder = defineRoute({
  service,
  name: 'read-card-holder',
  method: 'GET',
  path: '/v1/card-holders/{token}',
  permission: 'people.register',
  summary: { zh: '识别居民便民卡', en: 'Whom a card is for' },
  params: z.strictObject({ token: z.string().max(64) }),
  status: 200,
  response: cardHolderSchema,
  problems: [codesProblems.invalidCode],
});

/** The same for the service in which staff act by the card; another area's answers as none. */
export const checkResidentCard = defineRoute({
  service,
  name: 'check-resident-card',
  method: 'POST',
  path: '/v1/card-checks',
  permission: 'service',
  summary: { zh: '核验居民便民卡', en: 'Whom a card is for, asked by a service' },
  body: cardCheckSchema,
  status: 200,
  response: cardHolderSchema,
  isKeyless: true,
  problems: [codesProblems.invalidCode],
});
