import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { listRatings as route } from '@ddp/contracts/ratings/review-routes';
import type { OfficerRating } from '@ddp/contracts/ratings/review-schemas';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RatingsDeps } from '../deps.ts';
import { listOpenFlags, type OpenFlag } from '../store/flags.ts';
import { listRatings as readRatings, type StoredRating } from '../store/ratings.ts';
import { askerOf } from './refuse-party.ts';

/** The ratings of the areas that the caller acts in, newest first; none of the caller's own. */
export async function listRatings(
  { store }: RatingsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('ratings.read', principal);
  const { areaPaths: scope, personId } = requirePerson(principal);
  const { cursor, limit, ...filter } = query;
  const before = decodeCursor(cursor, idCursor);
  const asker = await askerOf(store.db, personId, await readNow(store.db, store.clock));
  const rows = await readRatings(store.db, { scope, asker }, filter, before, limit);
  const flags = await listOpenFlags(
    store.db,
    rows.map(({ view }) => view.id),
  );
  return toPage(
    rows,
    limit,
    (rating) => toOfficerView(rating, flags.get(rating.view.id)),
    (rating) => rating.view.id,
  );
}

export function toOfficerView(rating: StoredRating, flag: OpenFlag | undefined): OfficerRating {
  const { view, raterClass, areaPath, unitId } = rating;
  return { ...view, raterClass, areaPath, unitId, flag: flag?.view ?? null };
}
