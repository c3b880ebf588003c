import { idToBinary } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { Step } from '../domain/redemption-state.ts';

type Db = Kysely<RewardsDatabase>;

/** Writes down that a step happened. Throws a duplicate, and so undoes it, when it happened before. */
export async function insertEffect(
  tx: Db,
  clock: ClockOffset,
  redemptionId: string,
  step: Step,
): Promise<void> {
  await insertEffects(tx, clock, [redemptionId], step);
}

/** The same of several redemptions. */
export async function insertEffects(
  tx: Db,
  clock: ClockOffset,
  redemptionIds: readonly string[],
  step: Step,
): Promise<void> {
  if (redemptionIds.length === 0) return;
  const done = { step, done_at: sqlNow(clock) };
  const rows = redemptionIds.map((id) => ({ redemption_id: idToBinary(id), ...done }));
  await tx.insertInto('rewards_effect').values(rows).execute();
}

export async function hasEffect(db: Db, redemptionId: string, step: Step): Promise<boolean> {
  const row = await db
    .selectFrom('rewards_effect')
    .select('step')
    .where('redemption_id', '=', idToBinary(redemptionId))
    .where('step', '=', step)
    .executeTakeFirst();
  return row !== undefined;
}
