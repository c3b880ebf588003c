import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { CompiledQuery, type Kysely, sql } from 'kysely';
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

/**
 * Writes codes by one statement. It is put together here: thousands of values are dear for a query
 * builder, which makes an object of each.
 */
export async function insertCodes(
  tx: Db,
  clock: ClockOffset,
  codes: readonly NewCode[],
): Promise<void> {
  if (codes.length === 0) return;
  const { rows } = await sql<{ now: Date }>`SELECT ${sqlNow(clock)} AS now`.execute(tx);
  const issuedAt = rows[0]?.now;
  const groups = Array(codes.length).fill("(?, ?, ?, 'active', ?, ?, ?, ?, ?)").join();
  await tx.executeQuery(
    CompiledQuery.raw(
      `INSERT INTO codes_code
        (id, subject_id, place, state, token, short_code, active_slot, area_path, issued_at)
        VALUES ${groups}`,
      codes.flatMap((code) => [
        ...[idToBinary(code.id), idToBinary(code.subjectId), code.place, code.token],
        ...[code.shortCode, code.activeSlot, code.areaPath, issuedAt],
      ]),
    ),
  );
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

/** The codes of a batch in the order of its rows, a block of them at a time. */
export async function* listBatchCodes(db: Db, batchId: string): AsyncGenerator<PrintedCode[]> {
  const blockSize = 1_000;
  for (let after = -1; ; ) {
    const rows = await selectPrinted(db, everywhere)
      .innerJoin('codes_batch_row as row', 'row.code_id', 'codes_code.id')
      .where('row.batch_id', '=', idToBinary(batchId))
      .select('row.position')
      .where('row.position', '>', after)
      .orderBy('row.position')
      .limit(blockSize)
      .execute();
    yield rows.map(toPrinted);
    const last = rows.at(-1);
    if (!last || rows.length < blockSize) return;
    after = last.position;
  }
}
