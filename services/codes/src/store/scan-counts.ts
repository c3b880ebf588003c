import type { ScanTotal } from '@ddp/contracts/codes/scan-counts';
import { isDuplicate } from '@ddp/db-kit/errors';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, selectScoped } from '@ddp/db-kit/scope';
import { machineNow } from '@ddp/db-kit/time';
import { type Kysely, sql } from 'kysely';
import type { CodesDatabase } from '../database.ts';
import type { CountedScans } from '../scan-counter.ts';

type Db = Kysely<CodesDatabase>;

/** Claims a group of counts; false if it was written before. */
export async function claimFlush(tx: Db, id: string): Promise<boolean> {
  try {
    await tx
      .insertInto('codes_scan_flush')
      .values({ id: idToBinary(id), flushed_at: machineNow })
      .execute();
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

export async function addScans(tx: Db, counts: readonly CountedScans[]): Promise<void> {
  const rows = counts.map(({ codeId, onDate, scans }) => ({
    code_id: idToBinary(codeId),
    on_day: onDate,
    scans,
  }));
  await tx
    .insertInto('codes_scan_count')
    .values(rows)
    .onDuplicateKeyUpdate({ scans: sql<number>`scans + VALUES(scans)` })
    .execute();
}

/** Scans of a code on each day of a period that had any. */
export async function listDays(
  db: Db,
  codeId: string,
  period: { fromOn: string; toOn: string },
): Promise<{ onDate: string; scans: number }[]> {
  const rows = await db
    .selectFrom('codes_scan_count')
    .select(['on_day', 'scans'])
    .where('code_id', '=', idToBinary(codeId))
    .where('on_day', '>=', period.fromOn)
    .where('on_day', '<=', period.toOn)
    .orderBy('on_day')
    .execute();
  return rows.map((row) => ({ onDate: row.on_day, scans: row.scans }));
}

/** Scans of each code of a scope in a period, newest code first, one more than the limit. */
export async function listTotals(
  db: Db,
  scope: AreaScope,
  period: { fromOn: string; toOn: string },
  page: { after: string | null; limit: number },
): Promise<ScanTotal[]> {
  let query = selectScoped(db, 'codes_code', scope)
    .innerJoin('codes_scan_count as count', 'count.code_id', 'codes_code.id')
    .innerJoin('codes_subject_card as card', 'card.subject_id', 'codes_code.subject_id')
    .select(['codes_code.id', 'card.name', 'codes_code.place'])
    .select((eb) => eb.fn.sum<string>('count.scans').as('scans'))
    .where('count.on_day', '>=', period.fromOn)
    .where('count.on_day', '<=', period.toOn);
  if (page.after !== null) query = query.where('codes_code.id', '<', idToBinary(page.after));
  const rows = await query
    .groupBy(['codes_code.id', 'card.name', 'codes_code.place'])
    .orderBy('codes_code.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map((row) => ({
    codeId: binaryToId(row.id),
    subjectName: row.name,
    place: row.place,
    scans: Number(row.scans),
  }));
}

/** Drops the marks of groups that nobody will write again, a bounded number a round. */
export async function deleteOldFlushes(db: Db): Promise<void> {
  await db
    .deleteFrom('codes_scan_flush')
    .where('flushed_at', '<', sql<Date>`${machineNow} - INTERVAL 1 DAY`)
    .limit(5_000)
    .execute();
}
