import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { listReplies as route } from '@ddp/contracts/ratings/review-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RatingsDeps } from '../deps.ts';
import { listRepliesInState } from '../store/replies.ts';
import { askerOf } from './refuse-party.ts';

/** Replies that wait for an officer, or were decided, newest first. */
export async function listReplies(
  { store }: RatingsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('ratings.read', principal);
  const { areaPaths: scope, personId } = requirePerson(principal);
  const asker = await askerOf(store.db, personId, await readNow(store.db, store.clock));
  const before = decodeCursor(query.cursor, idCursor);
  const of = { scope, asker };
  const rows = await listRepliesInState(store.db, of, query.state, before, query.limit);
  return toPage(
    rows,
    query.limit,
    ({ id, ratingId, text, state, repliedAt }) => ({ id, ratingId, text, state, repliedAt }),
    ({ id }) => id,
  );
}
