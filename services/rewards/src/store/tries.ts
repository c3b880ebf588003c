import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { insertRows } from '@ddp/db-kit/rows';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, sql } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import { type CountedTries, type Tries, type TryLimit, tryKey } from '../domain/try-limits.ts';

type Db = Kysely<RewardsDatabase>;

const columns = ['kind', 'subject_id', 'used', 'window_ends_at'];
const longAgo = new Date(0);

/**
 * Locks the counts of some limits in order of their keys until the transaction ends, so that
 * parallel guesses take turns, and tells them.
 */
export async function lockTries(tx: Db, limits: readonly TryLimit[]): Promise<Map<string, Tries>> {
  const distinct = [...new Map(limits.map((limit) => [tryKey(limit), limit]))].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const rows = distinct.map(([, { kind, subjectId }]) => [kind, idToBinary(subjectId), 0, longAgo]);
  const orElse = 'ON DUPLICATE KEY UPDATE kind = VALUES(kind)';
  await insertRows(tx, 'rewards_try', columns, rows, orElse);
  const found = await tx
    .selectFrom('rewards_try')
    .selectAll()
    .where('kind', 'in', [...new Set(distinct.map(([, { kind }]) => kind))])
    .where(
      'subject_id',
      'in',
      distinct.map(([, { subjectId }]) => idToBinary(subjectId)),
    )
    .execute();
  return new Map(
    found.map((row) => [
      tryKey({ kind: row.kind as TryLimit['kind'], subjectId: binaryToId(row.subject_id) }),
      { used: row.used, endsAt: row.window_ends_at },
    ]),
  );
}

/** Writes counts anew that are locked. */
export async function writeTries(tx: Db, tries: CountedTries): Promise<void> {
  const rows = [...tries].map(([key, { used, endsAt }]) => {
    const [kind = '', subjectId = ''] = key.split(' ');
    return [kind, idToBinary(subjectId), used, endsAt];
  });
  const orElse =
    'ON DUPLICATE KEY UPDATE used = VALUES(used), window_ends_at = VALUES(window_ends_at)';
  await insertRows(tx, 'rewards_try', columns, rows, orElse);
}

/** Drops counts whose window ended a day ago, a bounded number at a time. */
export async function deleteOldTries(db: Db, clock: ClockOffset): Promise<void> {
  await sql`DELETE FROM rewards_try
    WHERE window_ends_at < ${sqlNow(clock)} - INTERVAL 1 DAY LIMIT 5000`.execute(db);
}
