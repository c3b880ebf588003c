import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { CodesDatabase } from '../database.ts';
import type { NewCode } from './codes.ts';

type Db = Kysely<CodesDatabase>;

/** The codes that occupy these slots, by the slot in hexadecimal. */
export async function findBySlots(db: Db, slots: readonly Buffer[]): Promise<Map<string, string>> {
  if (slots.length === 0) return new Map();
  const rows = await selectScoped(db, 'codes_code', everywhere)
    .select(['id', 'active_slot'])
    .where('active_slot', 'in', slots)
    .execute();
  return new Map(rows.map((row) => [row.active_slot?.toString('hex') ?? '', binaryToId(row.id)]));
}

export async function insertCodes(
  tx: Db,
  clock: ClockOffset,
  codes: readonly NewCode[],
): Promise<void> {
  if (codes.length === 0) return;
  const rows = codes.map((code) => ({
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
  }));
  await tx.insertInto('codes_code').values(rows).execute();
}

/** What is drawn of a code. */
export interface PrintedCode {
  codeId: string;
  state: string;
  token: string;
  shortCode: string;
  place: string;
  areaPath: string;
  name: string;
  title: string;
  unitName: string;
  areaName: string;
}

function selectPrinted(db: Db, scope: AreaScope) {
  return selectScoped(db, 'codes_code', scope)
    .innerJoin('codes_subject_card as card', 'card.subject_id', 'codes_code.subject_id')
    .select([
      'codes_code.id',
      'codes_code.state',
      'codes_code.token',
      'codes_code.short_code',
      'codes_code.place',
      'codes_code.area_path',
      'card.name',
      'card.title',
      'card.unit_name',
      'card.area_name',
    ]);
}

function toPrinted(
  row: Awaited<ReturnType<ReturnType<typeof selectPrinted>['execute']>>[number],
): PrintedCode {
  return {
    codeId: binaryToId(row.id),
    state: row.state,
    token: row.token,
    shortCode: row.short_code,
    place: row.place,
    areaPath: row.area_path,
    name: row.name,
    title: row.title,
    unitName: row.unit_name ?? '',
    areaName: row.area_name,
  };
}

/** Codes by their ids, in any order. */
export async function listPrintedCodes(
  db: Db,
  ids: readonly string[],
  scope: AreaScope,
): Promise<PrintedCode[]> {
  if (ids.length === 0) return [];
  const rows = await selectPrinted(db, scope)
    .where('codes_code.id', 'in', ids.map(idToBinary))
    .execute();
  return rows.map(toPrinted);
}

/** The codes of a batch in the order of its rows. */
export async function listBatchCodes(db: Db, batchId: string): Promise<PrintedCode[]> {
  const rows = await selectPrinted(db, everywhere)
    .innerJoin('codes_batch_row as row', 'row.code_id', 'codes_code.id')
    .where('row.batch_id', '=', idToBinary(batchId))
    .orderBy('row.position')
    .execute();
  return rows.map(toPrinted);
}
