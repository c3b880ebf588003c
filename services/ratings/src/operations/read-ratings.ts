import { requirePerson } from '@ddp/auth/authorize';
import type { listMyRatings as listRoute } from '@ddp/contracts/ratings/routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RatingsDeps } from '../deps.ts';
import { withdrawableMs } from '../store/pools.ts';
import { listRatingsOf, type StoredRating } from '../store/ratings.ts';
import { listReplies, type StoredReply } from '../store/replies.ts';

type OwnRating = RouteResult<typeof listRoute>['items'][number];

/** The ratings that the caller gave, with what the rated answered. */
export async function listMyRatings(
  { store }: RatingsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  const { personId } = requirePerson(principal);
  const after = decodeCursor(query.cursor, idCursor);
  const rows = await listRatingsOf(store.db, personId, after, query.limit);
  const replies = await listReplies(
    store.db,
    rows.map(({ view }) => view.id),
  );
  const now = await readNow(store.db, store.clock);
  return toPage(
    rows,
    query.limit,
    (rating) => toOwn(rating, replies.get(rating.view.id), now),
    (rating) => rating.view.id,
  );
}

/** A reply that is looked at, or was hidden, is there without its text. */
function toOwn(rating: StoredRating, reply: StoredReply | undefined, now: Date): OwnRating {
  const until = new Date(rating.ratedAt.getTime() + withdrawableMs);
  const isOpen = rating.view.state === 'counted' && until > now;
  return {
    ...rating.view,
    reply: reply
      ? {
          text: reply.state === 'shown' ? reply.text : '',
          state: reply.state,
          repliedAt: reply.repliedAt,
        }
      : null,
    withdrawableUntil: isOpen ? until.toISOString() : null,
  };
}
