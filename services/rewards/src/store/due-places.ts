import { binaryToId } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, sql } from 'kysely';
import type { RewardsDatabase } from '../database.ts';

type Db = Kysely<RewardsDatabase>;

/** Places whose time to accept is over, with what was set aside for them. */
export async function listLapsedPlaces(
  db: Db,
  clock: ClockOffset,
  limit: number,
): Promise<string[]> {
  const rows = await db
    .selectFrom('rewards_waiting_place')
    .select('id')
    .where('state', '=', 'offered')
    .where('offered_until', '<=', sqlNow(clock))
    .orderBy('offered_until')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => binaryToId(id));
}

/** Places on the list of what is not on offer any more; a pause ends nothing. */
export async function listEndedPlaces(
  db: Db,
  clock: ClockOffset,
  limit: number,
): Promise<string[]> {
  const rows = await selectScoped(db, 'rewards_benefit', everywhere)
    .innerJoin('rewards_waiting_place as place', 'place.benefit_id', 'rewards_benefit.id')
    .select('place.id')
    .where('place.state', 'in', ['waiting', 'offered'])
    .where(({ or, eb }) =>
      or([
        eb('rewards_benefit.state', 'in', ['withdrawn', 'ended']),
        eb('rewards_benefit.closes_at', '<=', sqlNow(clock)),
      ]),
    )
    .limit(limit)
    .execute();
  return rows.map(({ id }) => binaryToId(id));
}

/** Benefits that somebody waits for and that have a piece at an open merchant, and budget for it. */
export async function listOfferable(db: Db, clock: ClockOffset, limit: number): Promise<string[]> {
  const rows = await selectScoped(db, 'rewards_benefit', everywhere)
    .innerJoin('rewards_waiting_place as place', 'place.benefit_id', 'rewards_benefit.id')
    .innerJoin('rewards_share as share', 'share.benefit_id', 'rewards_benefit.id')
    .innerJoin('rewards_merchant as merchant', 'merchant.id', 'share.merchant_id')
    .leftJoin('rewards_budget as budget', 'budget.id', 'rewards_benefit.budget_id')
    .select('rewards_benefit.id')
    .distinct()
    .where('place.state', '=', 'waiting')
    .where('rewards_benefit.state', '=', 'published')
    .where(({ or, eb }) =>
      or([
        eb('rewards_benefit.closes_at', 'is', null),
        eb('rewards_benefit.closes_at', '>', sqlNow(clock)),
      ]),
    )
    .where('share.available', '>', 0)
    .where('merchant.state', '=', 'active')
    .where(
      sql<boolean>`(budget.id IS NULL OR (budget.state = 'open'
        AND (budget.points_limit IS NULL OR budget.points_reserved + budget.points_spent
          + rewards_benefit.price_points <= budget.points_limit)
        AND (budget.cents_limit IS NULL OR budget.cents_reserved + budget.cents_spent
          + rewards_benefit.unit_value_cents <= budget.cents_limit)))`,
    )
    .limit(limit)
    .execute();
  return rows.map(({ id }) => binaryToId(id));
}
