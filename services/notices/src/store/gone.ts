import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { NoticesDatabase } from '../database.ts';

type Db = Kysely<NoticesDatabase>;

/** Remembers that a person was erased: what comes about them later finds it. */
export async function markGone(tx: Db, clock: ClockOffset, personId: string): Promise<void> {
  const id = idToBinary(personId);
  await tx
    .insertInto('notices_gone')
    .values({ person_id: id, gone_at: sqlNow(clock) })
    .onDuplicateKeyUpdate({ person_id: id })
    .execute();
}

/**
 * Which of some people were erased. Asked after what leads to them was written: an erasure under way
 * is waited for, and one that comes later finds what was written.
 */
export async function listGone(tx: Db, personIds: readonly string[]): Promise<string[]> {
  if (personIds.length === 0) return [];
  const rows = await tx
    .selectFrom('notices_gone')
    .select('person_id')
    .where('person_id', 'in', personIds.map(idToBinary))
    .orderBy('person_id')
    .forUpdate()
    .execute();
  return rows.map((row) => binaryToId(row.person_id));
}
