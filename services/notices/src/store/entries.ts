import type { BoardEntry, EntryOutcome } from '@ddp/contracts/notices/schemas';
import { isDuplicate } from '@ddp/db-kit/errors';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { NoticesDatabase } from '../database.ts';

type Db = Kysely<NoticesDatabase>;

export interface StoredEntry extends BoardEntry {
  authorId: string | null;
  /** What a service calls it; null for an entry by staff, of which no service is told. */
  subjectRef: string | null;
}

export interface NewEntry extends Omit<StoredEntry, 'state' | 'withdrawalReason' | 'outcome'> {
  /** Who else may not answer an objection. */
  excludedIds: readonly string[];
  namingVersion: number;
}

function selectEntries(db: Db, scope: AreaScope) {
  return selectScoped(db, 'notices_entry', scope).select([
    'id',
    'reference',
    'area_path',
    'author_id',
    'subject_ref',
    'title',
    'text',
    'from_on',
    'to_on',
    'state',
    'withdrawal_reason',
    'outcome',
    'named_as',
  ]);
}

type EntryRow = Awaited<ReturnType<ReturnType<typeof selectEntries>['execute']>>[number];

function toEntry(row: EntryRow): StoredEntry {
  return {
    id: binaryToId(row.id),
    reference: row.reference,
    areaPath: row.area_path,
    authorId: binaryToIdOrNull(row.author_id),
    subjectRef: row.subject_ref,
    title: row.title,
    text: row.text,
    fromOn: row.from_on,
    toOn: row.to_on,
    state: row.state as BoardEntry['state'],
    outcome: row.outcome as EntryOutcome | null,
    withdrawalReason: row.withdrawal_reason,
    namedAs: row.named_as,
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
      objections: 0,
      open_objections: 0,
      named_as: entry.namedAs,
      naming_version: entry.namingVersion,
    })
    .execute();
  if (entry.excludedIds.length === 0) return;
  const rows = [...new Set(entry.excludedIds)].map((personId) => ({
    entry_id: idToBinary(entry.id),
    person_id: idToBinary(personId),
  }));
  await tx.insertInto('notices_excluded').values(rows).execute();
}

/** Takes somebody out of what they put on the board; who was erased is nobody's author. */
export async function dropAuthor(tx: Db, personId: string): Promise<void> {
  await tx
    .updateTable('notices_entry')
    .set({ author_id: null })
    .where('author_id', '=', idToBinary(personId))
    .execute();
}

/** Whether the person had a part in what the entry tells, besides its author. */
export async function isExcluded(tx: Db, entryId: string, personId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('notices_excluded')
    .select('entry_id')
    .where('entry_id', '=', idToBinary(entryId))
    .where('person_id', '=', idToBinary(personId))
    .executeTakeFirst();
  return row !== undefined;
}

export async function dropExcluded(tx: Db, personId: string): Promise<void> {
  await tx.deleteFrom('notices_excluded').where('person_id', '=', idToBinary(personId)).execute();
}

export async function findEntry(
  db: Db,
  id: string,
  scope: AreaScope = everywhere,
): Promise<StoredEntry | null> {
  const row = await selectEntries(db, scope).where('id', '=', idToBinary(id)).executeTakeFirst();
  return row ? toEntry(row) : null;
}

/** Locks the entry's row, so that objections to one entry are taken one after the other. */
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

/**
 * Entries that have begun and ended on `endedSince` or later, newest first, without those that were
 * taken down.
 */
export async function listEntries(
  db: Db,
  filter: { areaCode?: string | undefined; today: string; endedSince: string },
  before: string | null,
  limit: number,
): Promise<StoredEntry[]> {
  let query = selectEntries(db, everywhere)
    .where('state', 'in', ['published', 'closed'])
    .where((eb) => eb.or([eb('outcome', 'is', null), eb('outcome', '!=', 'objection-upheld')]))
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

/** Names the person of an entry that is up; false where it is not, or was named later. */
export async function changeName(
  tx: Db,
  id: string,
  { namedAs, namingVersion }: { namedAs: string | null; namingVersion: number },
): Promise<boolean> {
  const changed = await tx
    .updateTable('notices_entry')
    .set({ named_as: namedAs, naming_version: namingVersion })
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'published')
    .where('naming_version', '<', namingVersion)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}
