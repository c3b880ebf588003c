import { idToBinary } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { PointsDatabase } from '../database.ts';

type Db = Kysely<PointsDatabase>;

/**
 * Locks the row of a person, making it where there is none; false when the person was erased.
 * Joining and erasure take turns by it, so that nothing begins behind an erasure.
 */
export async function lockResident(tx: Db, personId: string): Promise<boolean> {
  const id = idToBinary(personId);
  await tx
    .insertInto('points_resident')
    .values({ person_id: id, erased_at: null })
    .onDuplicateKeyUpdate({ person_id: id })
    .execute();
  const row = await tx
    .selectFrom('points_resident')
    .select('erased_at')
    .where('person_id', '=', id)
    .executeTakeFirstOrThrow();
  return row.erased_at === null;
}

export async function markResidentErased(
  tx: Db,
  clock: ClockOffset,
  personId: string,
): Promise<void> {
  await tx
    .updateTable('points_resident')
    .set({ erased_at: sqlNow(clock) })
    .where('person_id', '=', idToBinary(personId))
    .where('erased_at', 'is', null)
    .execute();
}

/** Takes the person out of what they did as staff, and drops the answers kept for repeats. */
export async function cutTies(tx: Db, personId: string): Promise<void> {
  const id = idToBinary(personId);
  for (const column of ['awarded_by', 'approved_by'] as const) {
    await tx
      .updateTable('points_award')
      .set({ [column]: null })
      .where(column, '=', id)
      .execute();
  }
  for (const column of ['noticed_by', 'appeal_recorded_by', 'decided_by'] as const) {
    await tx
      .updateTable('points_reversal')
      .set({ [column]: null })
      .where(column, '=', id)
      .execute();
  }
  await tx.updateTable('points_settings').set({ set_by: null }).where('set_by', '=', id).execute();
  for (const column of ['drafted_by', 'decided_by'] as const) {
    await tx
      .updateTable('points_rule_draft')
      .set({ [column]: null })
      .where(column, '=', id)
      .execute();
  }
  await tx.deleteFrom('points_idempotency').where('scope', '=', `person:${personId}`).execute();
}
