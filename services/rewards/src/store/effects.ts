import { idToBinary } from '@ddp/db-kit/ids';
import type { ClockOffset } from '@ddp/db-kit/time';
import { CompiledQuery, type Kysely } from 'kysely';
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
  // Put together as text: a statement of many rows would cost more to build than to run.
  const group = '(?, ?, UTC_TIMESTAMP(3) + INTERVAL ? MICROSECOND)';
  const text = `INSERT INTO rewards_effect (redemption_id, step, done_at)
    VALUES ${Array(redemptionIds.length).fill(group).join()}`;
  const movedBy = clock.offsetMs() * 1_000;
  const values = redemptionIds.flatMap((id) => [idToBinary(id), step, movedBy]);
  await tx.executeQuery(CompiledQuery.raw(text, values));
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
