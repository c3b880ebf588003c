import { idToBinary } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, sql } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import { type TryLimit, tryWindowSeconds } from '../domain/try-limits.ts';

type Db = Kysely<RewardsDatabase>;

/**
 * Locks the count of a limit until the transaction ends, so that parallel guesses take turns.
 * Returns null while a wrong code may still be told apart, else the seconds until the window ends.
 */
export async function lockTries(
  tx: Db,
  clock: ClockOffset,
  { kind, subjectId, max }: TryLimit,
): Promise<number | null> {
  const subject_id = idToBinary(subjectId);
  await tx
    .insertInto('rewards_try')
    .values({ kind, subject_id, used: 0, window_ends_at: sqlNow(clock) })
    .onDuplicateKeyUpdate({ subject_id })
    .execute();
  const row = await tx
    .selectFrom('rewards_try')
    .select([
      'used',
      sql<number>`window_ends_at > ${sqlNow(clock)}`.as('is_open'),
      sql<number>`TIMESTAMPDIFF(SECOND, ${sqlNow(clock)}, window_ends_at)`.as('seconds'),
    ])
    .where('kind', '=', kind)
    .where('subject_id', '=', subject_id)
    .executeTakeFirstOrThrow();
  return row.used >= max && Number(row.is_open) === 1 ? Number(row.seconds) + 1 : null;
}

/** Counts a wrong code under a lock that is held; a window begins with its first. */
export async function countTry(
  tx: Db,
  clock: ClockOffset,
  { kind, subjectId }: TryLimit,
): Promise<void> {
  const now = sqlNow(clock);
  // MySQL assigns from left to right: the count is decided by the window's end as it was.
  await sql`UPDATE rewards_try SET
      used = CASE WHEN window_ends_at > ${now} THEN used + 1 ELSE 1 END,
      window_ends_at = CASE WHEN window_ends_at > ${now} THEN window_ends_at
        ELSE ${now} + INTERVAL ${tryWindowSeconds} SECOND END
    WHERE kind = ${kind} AND subject_id = ${idToBinary(subjectId)}`.execute(tx);
}

/** Drops counts whose window ended a day ago, a bounded number at a time. */
export async function deleteOldTries(db: Db, clock: ClockOffset): Promise<void> {
  await sql`DELETE FROM rewards_try
    WHERE window_ends_at < ${sqlNow(clock)} - INTERVAL 1 DAY LIMIT 5000`.execute(db);
}
