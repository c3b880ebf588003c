import type { Code } from '@ddp/contracts/codes/schemas';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { formatShortCode } from '@ddp/qr/short-code';
import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import type { CodesDatabase } from '../database.ts';
import type { CodeState } from '../domain/code-state.ts';

type Db = Kysely<CodesDatabase>;

export interface NewCode {
  id: string;
  subjectId: string;
  place: string;
  token: string;
  shortCode: string;
  activeSlot: Buffer;
  areaPath: string;
}

function selectCodes(db: Db, scope: AreaScope) {
  return selectScoped(db, 'codes_code', scope)
    .innerJoin('codes_subject_card as card', 'card.subject_id', 'codes_code.subject_id')
    .select([
      'codes_code.id',
      'codes_code.subject_id',
      'codes_code.place',
      'codes_code.state',
      'codes_code.token',
      'codes_code.short_code',
      'codes_code.area_path',
      'codes_code.issued_at',
      'card.name as subject_name',
    ]);
}

type Row =
  ReturnType<typeof selectCodes> extends SelectQueryBuilder<infer _D, infer _T, infer R>
    ? R
    : never;

function toCode(row: Row, publicUrl: string): Code {
  return {
    id: binaryToId(row.id),
    subjectId: binaryToId(row.subject_id),
    subjectName: row.subject_name,
    place: row.place,
    state: row.state as CodeState,
    url: `${publicUrl}/e/${row.token}`,
    shortCode: formatShortCode(row.short_code),
    areaPath: row.area_path,
    issuedAt: row.issued_at.toISOString(),
  };
}

export async function insertCode(tx: Db, clock: ClockOffset, code: NewCode): Promise<void> {
  await tx
    .insertInto('codes_code')
    .values({
      id: idToBinary(code.id),
      subject_id: idToBinary(code.subjectId),
      place: code.place,
      state: 'active',
      token: code.token,
      short_code: code.shortCode,
      active_slot: code.activeSlot,
      area_path: code.areaPath,
      issued_at: sqlNow(clock),
      valid_until: null,
    })
    .execute();
}

/** Lets the codes of a subject be in the area that the subject is in. */
export async function moveCodes(tx: Db, subjectId: string, areaPath: string): Promise<void> {
  await tx
    .updateTable('codes_code')
    .set({ area_path: areaPath })
    .where('subject_id', '=', idToBinary(subjectId))
    .where('area_path', '<>', areaPath)
    .execute();
}

export async function findCode(
  db: Db,
  id: string,
  scope: AreaScope,
  publicUrl: string,
): Promise<Code | null> {
  const row = await selectCodes(db, scope)
    .where('codes_code.id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toCode(row, publicUrl) : null;
}

/** Active codes of subjects that a person is, newest first, one more than the limit; one, by its id. */
export async function listCodesOfPerson(
  db: Db,
  personId: string,
  page: { after: string | null; limit: number } | { id: string },
  publicUrl: string,
): Promise<Code[]> {
  let query = selectCodes(db, everywhere)
    .where('card.person_id', '=', idToBinary(personId))
    .where('codes_code.state', '=', 'active');
  if ('id' in page) query = query.where('codes_code.id', '=', idToBinary(page.id));
  else {
    query = query.limit(page.limit + 1);
    if (page.after !== null) query = query.where('codes_code.id', '<', idToBinary(page.after));
  }
  const rows = await query.orderBy('codes_code.id', 'desc').execute();
  return rows.map((row) => toCode(row, publicUrl));
}

/** Codes of a scope, newest first, one more than the limit. */
export async function listCodes(
  db: Db,
  scope: AreaScope,
  filter: { subjectId?: string | undefined; state?: string | undefined },
  page: { after: string | null; limit: number },
  publicUrl: string,
): Promise<Code[]> {
  let query = selectCodes(db, scope);
  if (filter.subjectId !== undefined) {
    query = query.where('codes_code.subject_id', '=', idToBinary(filter.subjectId));
  }
  if (filter.state !== undefined) query = query.where('codes_code.state', '=', filter.state);
  if (page.after !== null) query = query.where('codes_code.id', '<', idToBinary(page.after));
  const rows = await query
    .orderBy('codes_code.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map((row) => toCode(row, publicUrl));
}

/** Frees the slot of an active code and lets it work for the grace time; false if it was not active. */
export async function markRotated(
  tx: Db,
  clock: ClockOffset,
  id: string,
  graceHours: number,
): Promise<boolean> {
  const result = await tx
    .updateTable('codes_code')
    .set({
      state: 'rotated',
      active_slot: null,
      valid_until: sql<Date>`${sqlNow(clock)} + INTERVAL ${graceHours} HOUR`,
    })
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'active')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Ends a code for good; false if it was closed before. */
export async function markClosed(tx: Db, id: string, state: 'retired' | 'lost'): Promise<boolean> {
  const result = await tx
    .updateTable('codes_code')
    .set({ state, active_slot: null, valid_until: null })
    .where('id', '=', idToBinary(id))
    .where('state', 'in', ['active', 'rotated'])
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
