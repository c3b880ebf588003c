import type { BoardEntry } from '@ddp/contracts/notices/schemas';
import { isDuplicate } from '@ddp/db-kit/errors';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { NoticesDatabase } from '../database.ts';

type Db = Kysely<NoticesDatabase>;

export interface StoredEntry extends BoardEntry {
  authorId: string | null;
}

export interface NewEntry extends Omit<StoredEntry, 'state' | 'withdrawalReason'> {
  subjectRef: string | null;
}

function selectEntries(db: Db, scope: AreaScope) {
  return selectScoped(db, 'notices_entry', scope).select([
    'id',
    'reference',
    'area_path',
    'author_id',
    'title',
    'text',
    'from_on',
    'to_on',
    'state',
    'withdrawal_reason',
  ]);
}

type EntryRow = Awaited<ReturnType<ReturnType<typeof selectEntries>['execute']>>[number];

function toEntry(row: EntryRow): StoredEntry {
  return {
    id: binaryToId(row.id),
    reference: row.reference,
    areaPath: row.area_path,
    authorId: binaryToIdOrNull(row.author_id),
    title: row.title,
    text: row.text,
    fromOn: row.from_on,
    toOn: row.to_on,
    state: row.state === 'withdrawn' ? 'withdrawn' : 'published',
    withdrawalReason: row.withdrawal_reason,
  };
}

/** The next number of the year; the row stays locked until the transaction ends. */
export async function drawReferenceNumber(tx: Db, year: number): Promise<number> {
  if (!(await raiseNumber(tx, year))) {
    try {
      await tx.insertInto('notices_reference').values({ year, last_number: 1 }).execute();
      return 1;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      await raiseNumber(tx, year);
    }
  }
  const row = await tx
    .selectFrom('notices_reference')
    .select('last_number')
    .where('year', '=', year)
    .executeTakeFirstOrThrow();
  return row.last_number;
}

async function raiseNumber(tx: Db, year: number): Promise<boolean> {
  const result = await tx
    .updateTable('notices_reference')
    .set((eb) => ({ last_number: eb('last_number', '+', 1) }))
    .where('year', '=', year)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Throws a duplicate when there is an entry of this id. */
export async function insertEntry(tx: Db, clock: ClockOffset, entry: NewEntry): Promise<void> {
  await tx
    .insertInto('notices_entry')
    .values({
      id: idToBinary(entry.id),
      reference: entry.reference,
      area_path: entry.areaPath,
      subject_ref: entry.subjectRef,
      author_id: entry.authorId === null ? null : idToBinary(entry.authorId),
      title: entry.title,
      text: entry.text,
      from_on: entry.fromOn,
      to_on: entry.toOn,
      state: 'published',
      created_at: sqlNow(clock),
    })
    .execute();
}

export async function findEntry(
  db: Db,
  id: string,
  scope: AreaScope = everywhere,
): Promise<StoredEntry | null> {
  const row = await selectEntries(db, scope).where('id', '=', idToBinary(id)).executeTakeFirst();
  return row ? toEntry(row) : null;
}

/** Locks the entry's row, so that nothing is added to an entry that is being withdrawn. */
export async function lockEntry(
  tx: Db,
  id: string,
  scope: AreaScope = everywhere,
): Promise<StoredEntry | null> {
  const row = await selectEntries(tx, scope)
    .where('id', '=', idToBinary(id))
    .forUpdate()
    .executeTakeFirst();
  return row ? toEntry(row) : null;
}

/** Published entries that have begun and ended on `endedSince` or later, newest first. */
export async function listEntries(
  db: Db,
  filter: { areaCode?: string | undefined; today: string; endedSince: string },
  before: string | null,
  limit: number,
): Promise<StoredEntry[]> {
  let query = selectEntries(db, everywhere)
    .where('state', '=', 'published')
    .where('from_on', '<=', filter.today)
    .where('to_on', '>=', filter.endedSince);
  if (filter.areaCode !== undefined) {
    // A code has digits only, so nothing in it is a wildcard.
    query = query.where('area_path', 'like', `%/${filter.areaCode}/%`);
  }
  if (before !== null) query = query.where('id', '<', idToBinary(before));
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map(toEntry);
}

/** Returns false when it was withdrawn already. */
export async function withdrawEntry(tx: Db, id: string, reason: string): Promise<boolean> {
  const result = await tx
    .updateTable('notices_entry')
    .set({ state: 'withdrawn', withdrawal_reason: reason })
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'published')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
