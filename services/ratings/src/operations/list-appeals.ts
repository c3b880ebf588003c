import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type {
  listMyAppeals as mineRoute,
  listAppeals as staffRoute,
} from '@ddp/contracts/ratings/appeal-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { everywhere } from '@ddp/db-kit/scope';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Kysely } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import type { RatingsDeps } from '../deps.ts';
import { type Appeal, findAppeal, listAppeals as listRows } from '../store/appeals.ts';
import { askerOf } from './refuse-party.ts';
import type { Veil } from './veil.ts';

type StaffAppeal = RouteResult<typeof staffRoute>['items'][number];
type OwnAppeal = RouteResult<typeof mineRoute>['items'][number];

/** Appeals in the areas of the staff who ask, the newest first. */
export async function listAppeals(
  { store }: RatingsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof staffRoute>,
): Promise<RouteResult<typeof staffRoute>> {
  requirePermission('follow-ups.read', principal);
  const { areaPaths, personId } = requirePerson(principal);
  const asker = await askerOf(store.db, personId, await readNow(store.db, store.clock));
  const before = decodeCursor(query.cursor, idCursor);
  const filter = { scope: areaPaths, asker, state: query.state, before };
  const rows = await listRows(store.db, filter, query.limit);
  return toPage(rows, query.limit, toStaffAppeal, ({ id }) => id);
}

export async function listMyAppeals(
  { store, veil }: RatingsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof mineRoute>,
): Promise<RouteResult<typeof mineRoute>> {
  const { personId } = requirePerson(principal);
  const before = decodeCursor(query.cursor, idCursor);
  const filter = { scope: everywhere, appellantId: personId, before } as const;
  const rows = await listRows(store.db, filter, query.limit);
  return toPage(
    rows,
    query.limit,
    (one) => toOwnAppeal(veil, one),
    ({ id }) => id,
  );
}

/** An appeal that must be there. */
export async function readAppeal(db: Kysely<RatingsDatabase>, id: string): Promise<Appeal> {
  const appeal = await findAppeal(db, id);
  if (!appeal) throw new Problem(commonProblems.notFound);
  return appeal;
}

export function toOwnAppeal(veil: Veil, one: Appeal): OwnAppeal {
  return { ...toAppealView(one), ref: veil.cover(one.ratingId) };
}

function toAppealView(one: Appeal): Omit<OwnAppeal, 'ref'> {
  return {
    id: one.id,
    text: one.text,
    state: one.state,
    appealedAt: one.appealedAt.toISOString(),
    decision: one.decision,
    decidedAt: one.decidedAt?.toISOString() ?? null,
  };
}

export function toStaffAppeal(one: Appeal): StaffAppeal {
  const { ratingId, followUpId, subjectId, subjectName, areaPath, appellantId, decidedBy } = one;
  return {
    ...toAppealView(one),
    ...{ ratingId, followUpId, subjectId, subjectName, areaPath, appellantId, decidedBy },
  };
}
