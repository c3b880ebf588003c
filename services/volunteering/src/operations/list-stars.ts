import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type {
  listMyStars as ownRoute,
  listStars as route,
} from '@ddp/contracts/volunteering/star-routes';
import type { Star } from '@ddp/contracts/volunteering/stars';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { VolunteeringDeps } from '../deps.ts';
import { listLiveStars, listStars as listStored, type StoredStar } from '../store/stars.ts';

/** The caller's own stars, also those that came to nothing, and the level that counts. */
export async function listMyStars(
  { store }: VolunteeringDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof ownRoute>,
): Promise<RouteResult<typeof ownRoute>> {
  requirePermission('resident', principal);
  const { personId } = requirePerson(principal);
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit };
  const rows = await listStored(store.db, { personId }, { isAppealed: false }, page);
  const counting = (await listLiveStars(store.db, { personId })).filter(
    ({ state }) => state === 'active' || state === 'ending',
  );
  const level = Math.max(0, ...counting.map((star) => star.level));
  return { ...toPage(rows, query.limit, showStar, ({ id }) => id), level };
}

export async function listStars(
  { store }: VolunteeringDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('volunteering.read', principal);
  const { areaPaths } = requirePerson(principal);
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit };
  const filter = { state: query.state, isAppealed: query.appealedOnly === 'true' };
  const rows = await listStored(store.db, { scope: areaPaths }, filter, page);
  return toPage(rows, query.limit, showLedStar, ({ id }) => id);
}

export function showStar(star: StoredStar): Star {
  return {
    ...{ id: star.id, level: star.level, hours: star.hours },
    ...{ state: star.state, reason: star.reason, reference: star.reference },
    ...{ publishedFrom: star.publishedFrom, publishedTo: star.publishedTo },
    ...{ appeal: star.appeal, decision: star.decision },
    proposedAt: star.proposedAt.toISOString(),
    activeAt: star.activeAt?.toISOString() ?? null,
    appealUntil: star.appealUntil?.toISOString() ?? null,
    endedAt: star.endedAt?.toISOString() ?? null,
  };
}

export function showLedStar(star: StoredStar) {
  const { personId, maskedName, areaPath } = star;
  return { ...showStar(star), personId, maskedName, areaPath };
}
