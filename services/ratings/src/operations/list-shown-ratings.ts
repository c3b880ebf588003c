import { requirePerson } from '@ddp/auth/authorize';
import { addDays, civilDateOf, parseCivilDate, weekdayOf } from '@ddp/calendar/civil-date';
import type { listShownRatings as route } from '@ddp/contracts/ratings/own-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, toPage } from '@ddp/db-kit/page';
import { type ClockOffset, readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Kysely } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import type { RatingsDeps } from '../deps.ts';
import { listUnitsServed } from '../store/post-cards.ts';
import { listShown, type ShownFilter, type StoredRating } from '../store/ratings.ts';
import { listReplies, type StoredReply } from '../store/replies.ts';
import { refCursor, type Veil } from './veil.ts';

/**
 * What the rated see of their ratings: those that are told in a group of five raters or more, and
 * those whose rater agreed to be named. The week and not the day; no words that are looked at.
 */
export async function listShownRatings(
  { store, veil }: RatingsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const { personId } = requirePerson(principal);
  const ref = decodeCursor(query.cursor, refCursor);
  const filter = await shownTo(store.db, store.clock, { personId, subjectId: query.subjectId });
  const before = ref === null ? null : veil.uncover(ref);
  const rows = await listShown(store.db, filter, { before }, query.limit);
  const replies = await listReplies(
    store.db,
    rows.map(({ view }) => view.id),
  );
  return toPage(
    rows,
    query.limit,
    (rating) => toShown(veil, rating, replies.get(rating.view.id)),
    (rating) => veil.cover(rating.view.id),
  );
}

/** Whose ratings a person may see: their own, and those of organizations they serve in. */
export async function shownTo(
  db: Kysely<RatingsDatabase>,
  clock: ClockOffset,
  { personId, subjectId }: { personId: string; subjectId: string | undefined },
): Promise<ShownFilter> {
  if (subjectId === undefined) return { subjectId, personId, unitIds: [] };
  const today = civilDateOf(await readNow(db, clock));
  const units = await listUnitsServed(db, [personId], today);
  return { subjectId, personId, unitIds: units.get(personId) ?? [] };
}

export function toShown(
  veil: Veil,
  { view, ratedOn }: StoredRating,
  reply: StoredReply | undefined,
): RouteResult<typeof route>['items'][number] {
  const day = parseCivilDate(ratedOn);
  return {
    ref: veil.cover(view.id),
    subjectId: view.subjectId,
    level: view.level,
    reasons: view.reasons,
    words: view.wordsState === 'shown' ? view.words : '',
    weekOf: addDays(day, 1 - weekdayOf(day)),
    reply: reply ? { text: reply.text, state: reply.state, repliedAt: reply.repliedAt } : null,
  };
}
