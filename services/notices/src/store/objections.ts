import type { Objection } from '@ddp/contracts/notices/schemas';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { NoticesDatabase } from '../database.ts';

type Db = Kysely<NoticesDatabase>;

export interface StoredObjection extends Objection {
  /** Null once the person left. */
  personId: string | null;
  /** Staff who wrote it down for the person. */
  recordedBy: string | null;
}

export interface NewObjection {
  id: string;
  entryId: string;
  personId: string;
  /** Staff who wrote it down for the person. */
  recordedBy: string | null;
  text: string;
}

function selectObjections(db: Db) {
  return db
    .selectFrom('notices_objection')
    .select([
      'id',
      'entry_id',
      'person_id',
      'recorded_by',
      'text',
      'state',
      'answer',
      'submitted_at',
    ]);
}

type ObjectionRow = Awaited<ReturnType<ReturnType<typeof selectObjections>['execute']>>[number];

function toObjection(row: ObjectionRow): StoredObjection {
  return {
    id: binaryToId(row.id),
    entryId: binaryToId(row.entry_id),
    personId: binaryToIdOrNull(row.person_id),
    recordedBy: binaryToIdOrNull(row.recorded_by),
    text: row.text,
    state: row.state as Objection['state'],
    answer: row.answer,
    submittedAt: row.submitted_at.toISOString(),
  };
}

/** Throws a duplicate when the person objected to the entry before. */
export async function insertObjection(
  tx: Db,
  clock: ClockOffset,
  objection: NewObjection,
): Promise<void> {
  await tx
    .insertInto('notices_objection')
    .values({
      id: idToBinary(objection.id),
      entry_id: idToBinary(objection.entryId),
      person_id: idToBinary(objection.personId),
      recorded_by: objection.recordedBy === null ? null : idToBinary(objection.recordedBy),
      text: objection.text,
      state: 'open',
      submitted_at: sqlNow(clock),
    })
    .execute();
}

/** Locks the objection, so that its objector cannot leave while it is answered. */
export async function lockObjection(tx: Db, id: string): Promise<StoredObjection | null> {
  const row = await selectObjections(tx)
    .where('id', '=', idToBinary(id))
    .forUpdate()
    .executeTakeFirst();
  return row ? toObjection(row) : null;
}

export async function findObjection(db: Db, id: string): Promise<StoredObjection | null> {
  const row = await selectObjections(db).where('id', '=', idToBinary(id)).executeTakeFirst();
  return row ? toObjection(row) : null;
}

/** Oldest first, one more than the limit. */
export async function listObjections(
  db: Db,
  entryId: string,
  after: string | null,
  limit: number,
): Promise<StoredObjection[]> {
  let query = selectObjections(db).where('entry_id', '=', idToBinary(entryId));
  if (after !== null) query = query.where('id', '>', idToBinary(after));
  const rows = await query
    .orderBy('id')
    .limit(limit + 1)
    .execute();
  return rows.map(toObjection);
}

/** A person's own, newest first, one more than the limit. */
export async function listObjectionsOf(
  db: Db,
  personId: string,
  before: string | null,
  limit: number,
): Promise<StoredObjection[]> {
  let query = selectObjections(db).where('person_id', '=', idToBinary(personId));
  if (before !== null) query = query.where('id', '<', idToBinary(before));
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map(toObjection);
}

/** Returns false when it was answered already. */
export async function answerObjection(
  tx: Db,
  clock: ClockOffset,
  answer: { id: string; state: 'upheld' | 'rejected'; text: string; answeredBy: string },
): Promise<boolean> {
  const result = await tx
    .updateTable('notices_objection')
    .set({
      state: answer.state,
      answer: answer.text,
      answered_by: idToBinary(answer.answeredBy),
      answered_at: sqlNow(clock),
    })
    .where('id', '=', idToBinary(answer.id))
    .where('state', '=', 'open')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** What was said stays; who said it goes. */
export async function dropObjector(tx: Db, personId: string): Promise<void> {
  await tx
    .updateTable('notices_objection')
    .set({ person_id: null })
    .where('person_id', '=', idToBinary(personId))
    .execute();
}
