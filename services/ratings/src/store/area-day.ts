import { toSafeInteger } from '@ddp/db-kit/amounts';
import { type AreaScope, selectScoped } from '@ddp/db-kit/scope';
import { type Kysely, sql } from 'kysely';
import type { RatingsDatabase } from '../database.ts';

type Db = Kysely<RatingsDatabase>;

/** Ratings of a day that count, of whomever. */
export async function countRatingsOn(db: Db, scope: AreaScope, on: string): Promise<number> {
  const row = await selectScoped(db, 'ratings_rating', scope)
    .select(sql<number>`COUNT(*)`.as('ratings'))
    .where('rated_on', '=', on)
    .where('state', '=', 'counted')
    .executeTakeFirst();
  return toSafeInteger(row?.ratings ?? 0);
}

/** Follow-ups that are open now, and those of them that missed a deadline. */
export async function countOpenFollowUps(
  db: Db,
  scope: AreaScope,
): Promise<{ open: number; overdue: number }> {
  const row = await selectScoped(db, 'ratings_follow_up', scope)
    .select([sql<number>`COUNT(*)`.as('open'), sql<number>`COUNT(overdue_since)`.as('overdue')])
    .where('closed_at', 'is', null)
    .executeTakeFirst();
  return { open: toSafeInteger(row?.open ?? 0), overdue: toSafeInteger(row?.overdue ?? 0) };
}
