import { idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { machineNow } from '@ddp/db-kit/time';
import { type Kysely, sql } from 'kysely';
import type { CodesDatabase } from '../database.ts';

type Db = Kysely<CodesDatabase>;

/**
 * Tells every process that what it remembers of these codes is out of date. The head stays locked
 * until the commit, so that the numbers become visible in their order and none is passed over; it
 * is the last lock of a transaction.
 */
export async function noteChanges(
  tx: Db,
  of: { codeId: string } | { subjectId: string },
): Promise<void> {
  const query = selectScoped(tx, 'codes_code', everywhere).select(['token', 'short_code']);
  const codes = await ('codeId' in of
    ? query.where('id', '=', idToBinary(of.codeId))
    : query.where('subject_id', '=', idToBinary(of.subjectId))
  ).execute();
  if (codes.length === 0) return;
  await tx
    .updateTable('codes_change_head')
    .set({ seq: sql<number>`seq + ${codes.length}` })
    .where('id', '=', 1)
    .execute();
  const last = await readChangeHead(tx);
  const rows = codes.map((code, index) => ({
    seq: last - codes.length + 1 + index,
    token: code.token,
    short_code: code.short_code,
    changed_at: machineNow,
  }));
  await tx.insertInto('codes_change').values(rows).execute();
}

/** The number of the newest change. */
export async function readChangeHead(db: Db): Promise<number> {
  const row = await db
    .selectFrom('codes_change_head')
    .select('seq')
    .where('id', '=', 1)
    .executeTakeFirstOrThrow();
  return Number(row.seq);
}

/** Token and short code of each change from one number, not included, to another. */
export async function listChanges(db: Db, after: number, upTo: number): Promise<string[][]> {
  const rows = await db
    .selectFrom('codes_change')
    .select(['token', 'short_code'])
    .where('seq', '>', after)
    .where('seq', '<=', upTo)
    .execute();
  return rows.map((row) => [row.token, row.short_code]);
}

/**
 * Drops old changes, a bounded number a round. A process that nobody asked for so long finds numbers
 * missing, and forgets everything.
 */
export async function deleteOldChanges(db: Db): Promise<void> {
  await db
    .deleteFrom('codes_change')
    .where('changed_at', '<', sql<Date>`${machineNow} - INTERVAL 1 HOUR`)
    .orderBy('seq')
    .limit(5_000)
    .execute();
}
