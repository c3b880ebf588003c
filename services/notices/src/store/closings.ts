import { type CivilDate, parseCivilDate } from '@ddp/calendar/civil-date';
import type { EntryOutcome } from '@ddp/contracts/notices/schemas';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, sql } from 'kysely';
import type { NoticesDatabase } from '../database.ts';

type Db = Kysely<NoticesDatabase>;

/** The day in Asia/Shanghai by the database's clock: one for all processes. */
export async function readToday(db: Db, clock: ClockOffset): Promise<CivilDate> {
  const { rows } = await sql<{ today: string }>`
    SELECT DATE(${sqlNow(clock)} + INTERVAL 8 HOUR) AS today`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('the database did not tell its day');
  return parseCivilDate(row.today);
}

/** Counts an objection to an entry that is up today; false when it is not, or not any more. */
export async function countObjection(tx: Db, entryId: string, today: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('notices_entry')
    .set((eb) => ({
      objections: eb('objections', '+', 1),
      open_objections: eb('open_objections', '+', 1),
    }))
    .where('id', '=', idToBinary(entryId))
    .where('state', '=', 'published')
    .where('from_on', '<=', today)
    .where('to_on', '>=', today)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function countAnswer(tx: Db, entryId: string): Promise<void> {
  await tx
    .updateTable('notices_entry')
    .set((eb) => ({ open_objections: eb('open_objections', '-', 1) }))
    .where('id', '=', idToBinary(entryId))
    .execute();
}

/** Takes an entry down before its time; false when it has ended already. */
export async function takeDown(
  tx: Db,
  clock: ClockOffset,
  id: string,
  ending: { outcome: 'objection-upheld' } | { outcome: 'withdrawn'; reason: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('notices_entry')
    .set({
      state: ending.outcome === 'withdrawn' ? 'withdrawn' : 'closed',
      outcome: ending.outcome,
      withdrawal_reason: ending.outcome === 'withdrawn' ? ending.reason : null,
      closed_at: sqlNow(clock),
      named_as: null,
    })
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'published')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export interface DueEntry {
  id: string;
  subjectRef: string | null;
  outcome: Extract<EntryOutcome, 'unopposed' | 'objections-rejected'>;
}

/** Entries whose last day is over and that no objection keeps open, the longest over first. */
export async function listDueEntries(db: Db, today: string, limit: number): Promise<DueEntry[]> {
  const rows = await selectScoped(db, 'notices_entry', everywhere)
    .select(['id', 'subject_ref', 'objections'])
    .where('state', '=', 'published')
    .where('to_on', '<', today)
    .where('open_objections', '=', 0)
    .orderBy('to_on')
    .limit(limit)
    .execute();
  return rows.map(({ id, subject_ref: subjectRef, objections }) => ({
    ...{ id: binaryToId(id), subjectRef },
    outcome: objections === 0 ? 'unopposed' : 'objections-rejected',
  }));
}

/** Ends an entry after its whole period; false when anything about it has changed since. */
export async function closeEntry(
  tx: Db,
  clock: ClockOffset,
  { id, outcome }: DueEntry,
  today: string,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('notices_entry')
    .set({ state: 'closed', outcome, closed_at: sqlNow(clock), named_as: null })
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'published')
    .where('to_on', '<', today)
    .where('open_objections', '=', 0)
    .where('objections', outcome === 'unopposed' ? '=' : '>', 0)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
