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
  await tx
    .insertInto('rewards_effect')
    .values({ redemption_id: idToBinary(redemptionId), step, done_at: sqlNow(clock) })
    .execute();
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
