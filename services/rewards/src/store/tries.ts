import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { insertRows } from '@ddp/db-kit/rows';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, sql } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import { type CountedTries, type Tries, type TryLimit, tryKey } from '../domain/try-limits.ts';

type Db = Kysely<RewardsDatabase>;

const columns = ['kind', 'subject_id', 'used', 'window_ends_at'];
const longAgo = new Date(0);

interface Row {
  now: Date;
  kind: TryLimit['kind'] | null;
  subject_id: Buffer | null;
  used: number;
  window_ends_at: Date;
}

/** The counts of some limits, and the database's time when they were read. */
export async function readTries(
  db: Db,
  clock: ClockOffset,
  limits: readonly TryLimit[],
): Promise<{ tries: Map<string, Tries>; now: Date }> {
  const kinds = [...new Set(limits.map(({ kind }) => kind))];
  const subjects = [...new Set(limits.map(({ subjectId }) => subjectId))].map(idToBinary);
  const { rows } = await sql<Row>`
    SELECT ${sqlNow(clock)} AS now, kind, subject_id, used, window_ends_at
    FROM (SELECT 1) AS one LEFT JOIN rewards_try
      ON kind IN (${sql.join(kinds)}) AND subject_id IN (${sql.join(subjects)})`.execute(db);
  const [first] = rows;
  if (!first) throw new Error('the database did not tell its time');
  const tries = rows.flatMap(({ kind, subject_id: id, used, window_ends_at: endsAt }) =>
    kind && id ? [[tryKey({ kind, subjectId: binaryToId(id) }), { used, endsAt }] as const] : [],
  );
  return { tries: new Map(tries), now: first.now };
}

/**
 * Locks the counts of some limits in order of their keys until the transaction ends, so that
 * parallel guesses take turns, and tells them.
 */
export async function lockTries(tx: Db, clock: ClockOffset, limits: readonly TryLimit[]) {
  const distinct = [...new Map(limits.map((limit) => [tryKey(limit), limit]))].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const rows = distinct.map(([, { kind, subjectId }]) => [kind, idToBinary(subjectId), 0, longAgo]);
  const orElse = 'ON DUPLICATE KEY UPDATE kind = VALUES(kind)';
  await insertRows(tx, 'rewards_try', columns, rows, orElse);
  return readTries(tx, clock, limits);
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
