import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import { codesProblems } from '@ddp/contracts/codes/problems';
import type {
  checkResidentCard as checkRoute,
  readCardHolder as holderRoute,
  listResidentCards as listRoute,
} from '@ddp/contracts/codes/resident-card-routes';
import type { ResidentCard } from '@ddp/contracts/codes/resident-cards';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { parseShortCode } from '@ddp/qr/short-code';
import { isToken } from '@ddp/qr/token';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Kysely } from 'kysely';
import type { CodesDatabase } from '../database.ts';
import type { CodesDeps } from '../deps.ts';
import { findCard, listCards, type StoredCard } from '../store/resident-cards.ts';

/** What staff see of a card: everything but the token, which is on the paper alone. */
export function toResidentCard({ token: _token, ...card }: StoredCard): ResidentCard {
  return card;
}

export async function listResidentCards(
  { store }: CodesDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  requirePermission('people.register', principal);
  const { areaPaths } = requirePerson(principal);
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit };
  const rows = await listCards(store.db, areaPaths, query, page);
  return toPage(rows, query.limit, toResidentCard, (card) => card.id);
}

/** Whom a card is for; a revoked, a foreign and an unknown one answer alike. */
export async function readCardHolder(
  { store }: CodesDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof holderRoute>,
): Promise<RouteResult<typeof holderRoute>> {
  requirePermission('people.register', principal);
  return readHolder(store.db, params.token, requirePerson(principal).areaPaths);
}

/** The same for a service in which staff act by the card. */
export async function checkResidentCard(
  { store }: CodesDeps,
  { principal }: Caller,
  { body }: RouteRequest<typeof checkRoute>,
): Promise<RouteResult<typeof checkRoute>> {
  requirePermission('service', principal);
  return readHolder(store.db, body.card, body.areaPaths);
}

async function readHolder(db: Kysely<CodesDatabase>, token: string, areaPaths: readonly string[]) {
  const shortCode = parseShortCode(token);
  const by = isToken(token) ? { token } : shortCode && { shortCode };
  const card = by ? await findCard(db, by, areaPaths) : null;
  if (!card) throw new Problem(codesProblems.invalidCode);
  return { cardId: card.id, personId: card.personId, areaPath: card.areaPath };
}
