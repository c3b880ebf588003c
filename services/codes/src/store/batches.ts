import type { Batch } from '@ddp/contracts/codes/batches';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { CodesDatabase } from '../database.ts';

type Db = Kysely<CodesDatabase>;
type Row = Selectable<CodesDatabase['codes_batch']>;

const rowsPerStatement = 1_000;

/** A subject for whom a code is wanted at a place. */
export interface WantedCode {
  subjectId: string;
  place: string;
}

function toBatch(row: Row): Batch {
  return {
    id: binaryToId(row.id),
    kind: row.kind as Batch['kind'],
    state: row.state as Batch['state'],
    areaPath: row.area_path,
    wanted: row.wanted,
    issued: row.issued,
    requestedAt: row.requested_at.toISOString(),
  };
}

export async function insertBatch(
  tx: Db,
  clock: ClockOffset,
  batch: { id: string; kind: Batch['kind']; areaPath: string; rows: readonly WantedCode[] },
): Promise<void> {
  await tx
    .insertInto('codes_batch')
    .values({
      id: idToBinary(batch.id),
      kind: batch.kind,
      state: 'issuing',
      area_path: batch.areaPath,
      wanted: batch.rows.length,
      issued: 0,
      requested_at: sqlNow(clock),
    })
    .execute();
  const rows = batch.rows.map((row, position) => ({
    batch_id: idToBinary(batch.id),
    position,
    subject_id: idToBinary(row.subjectId),
    place: row.place,
    code_id: null,
  }));
  for (let from = 0; from < rows.length; from += rowsPerStatement) {
    const some = rows.slice(from, from + rowsPerStatement);
    await tx.insertInto('codes_batch_row').values(some).execute();
  }
}

export async function findBatch(db: Db, id: string, scope: AreaScope): Promise<Batch | null> {
  const row = await selectScoped(db, 'codes_batch', scope)
    .selectAll()
    .where('id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toBatch(row) : null;
}

/** Locks a batch that is not done yet; null where it is done or was never there. */
export async function lockOpenBatch(tx: Db, id: string): Promise<Batch | null> {
  const row = await selectScoped(tx, 'codes_batch', everywhere)
    .selectAll()
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'issuing')
    .forUpdate()
    .executeTakeFirst();
  return row ? toBatch(row) : null;
}

/** Batches of a scope, newest first, one more than the limit. */
export async function listBatches(
  db: Db,
  scope: AreaScope,
  page: { after: string | null; limit: number },
): Promise<Batch[]> {
  let query = selectScoped(db, 'codes_batch', scope).selectAll();
  if (page.after !== null) query = query.where('id', '<', idToBinary(page.after));
  const rows = await query
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toBatch);
}

export interface OpenRow extends WantedCode {
  position: number;
  areaPath: string;
}

/** Rows of a batch that have no code yet, in their order. */
export async function listOpenRows(tx: Db, batchId: string, limit: number): Promise<OpenRow[]> {
  const rows = await selectScoped(tx, 'codes_subject_card', everywhere)
    .innerJoin('codes_batch_row as row', 'row.subject_id', 'codes_subject_card.subject_id')
    .select(['row.position', 'row.subject_id', 'row.place', 'codes_subject_card.area_path'])
    .where('row.batch_id', '=', idToBinary(batchId))
    .where('row.code_id', 'is', null)
    .orderBy('row.position')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    position: row.position,
    subjectId: binaryToId(row.subject_id),
    place: row.place,
    areaPath: row.area_path,
  }));
}

/** Notes the codes of rows, and how far the batch is. */
export async function noteIssued(
  tx: Db,
  batchId: string,
  rows: readonly (OpenRow & { codeId: string })[],
): Promise<void> {
  const values = rows.map((row) => ({
    batch_id: idToBinary(batchId),
    position: row.position,
    subject_id: idToBinary(row.subjectId),
    place: row.place,
    code_id: idToBinary(row.codeId),
  }));
  await tx
    .insertInto('codes_batch_row')
    .values(values)
    .onDuplicateKeyUpdate({ code_id: sql<Buffer>`VALUES(code_id)` })
    .execute();
  await tx
    .updateTable('codes_batch')
    .set({ issued: sql<number>`issued + ${rows.length}` })
    .where('id', '=', idToBinary(batchId))
    .execute();
}

export async function markBatchDone(tx: Db, batchId: string): Promise<void> {
  await tx
    .updateTable('codes_batch')
    .set({ state: 'done' })
    .where('id', '=', idToBinary(batchId))
    .execute();
}
