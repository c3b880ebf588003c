import { toSafeInteger } from '@ddp/db-kit/amounts';
import { type AreaScope, selectScoped } from '@ddp/db-kit/scope';
import { type Kysely, sql } from 'kysely';
import type { RewardsDatabase } from '../database.ts';

/** Vouchers verified since an instant, and since a later one, that were not given back. */
export async function countUses(
  db: Kysely<RewardsDatabase>,
  scope: AreaScope,
  since: { month: Date; day: Date },
): Promise<{ today: number; thisMonth: number }> {
  const row = await selectScoped(db, 'rewards_verification', scope)
    .select([
      sql<number>`COALESCE(SUM(verified_at >= ${since.day}), 0)`.as('today'),
      sql<number>`COUNT(*)`.as('month'),
    ])
    .where('verified_at', '>=', since.month)
    .where('undone_at', 'is', null)
    .executeTakeFirst();
  return { today: toSafeInteger(row?.today ?? 0), thisMonth: toSafeInteger(row?.month ?? 0) };
}
