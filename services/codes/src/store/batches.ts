import type { Batch } from '@ddp/contracts/codes/batches';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { CompiledQuery, type Kysely, type Selectable, sql } from 'kysely';
import type { CodesDatabase } from '../database.ts';
import { lockSubjectCards } from './subject-cards.ts';

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
    leftOut: row.left_out,
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
      left_out: 0,
      requested_at: sqlNow(clock),
    })
    .execute();
  for (let from = 0; from < batch.rows.length; from += rowsPerStatement) {
    const some = batch.rows.slice(from, from + rowsPerStatement);
    const rows = some.map((row, index) => ({ ...row, position: from + index, codeId: null }));
    await tx.executeQuery(insertRows(batch.id, rows));
  }
}

/** One statement for many rows, put together here: a query builder makes an object of each value. */
function insertRows(
  batchId: string,
  rows: readonly (WantedCode & { position: number; codeId: string | null })[],
): CompiledQuery {
  const id = idToBinary(batchId);
  const groups = Array(rows.length).fill('(?, ?, ?, ?, ?)').join();
  return CompiledQuery.raw(
    `INSERT INTO codes_batch_row (batch_id, position, subject_id, place, code_id) VALUES ${groups}
      ON DUPLICATE KEY UPDATE code_id = VALUES(code_id)`,
    rows.flatMap(({ position, subjectId, place, codeId }) => [
      ...[id, position, idToBinary(subjectId), place, codeId === null ? null : idToBinary(codeId)],
    ]),
  );
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

/** A row whose turn it is, and how its subject stands by now. */
export interface OpenRow extends WantedCode {
  position: number;
  areaPath: string;
  isActive: boolean;
}

/** Rows of a batch whose turn has not come yet, in their order; their subjects stay as they stand. */
export async function lockOpenRows(tx: Db, batchId: string, limit: number): Promise<OpenRow[]> {
  const rows = await tx
    .selectFrom('codes_batch_row')
    .select(['position', 'subject_id', 'place'])
    .where('batch_id', '=', idToBinary(batchId))
    .where('code_id', 'is', null)
    .where('is_left_out', '=', 0)
    .orderBy('position')
    .limit(limit)
    .execute();
  const cards = await lockSubjectCards(
    tx,
    rows.map((row) => binaryToId(row.subject_id)),
  );
  return rows.map(({ position, subject_id, place }) => {
    const subjectId = binaryToId(subject_id);
    const card = cards.get(subjectId);
    if (!card) throw new Error('a row of a batch has no card of its subject');
    return { position, subjectId, place, areaPath: card.area_path, isActive: card.is_active === 1 };
  });
}

/** Notes the codes of rows, and how far the batch is. */
export async function noteIssued(
  tx: Db,
  batchId: string,
  rows: readonly (OpenRow & { codeId: string })[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.executeQuery(insertRows(batchId, rows));
  await tx
    .updateTable('codes_batch')
    .set({ issued: sql<number>`issued + ${rows.length}` })
    .where('id', '=', idToBinary(batchId))
    .execute();
}

/** Notes rows that get no code, and how far the batch is. */
export async function noteLeftOut(
  tx: Db,
  batchId: string,
  rows: readonly OpenRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .updateTable('codes_batch_row')
    .set({ is_left_out: 1 })
    .where('batch_id', '=', idToBinary(batchId))
    .where(
      'position',
      'in',
      rows.map(({ position }) => position),
    )
    .execute();
  await tx
    .updateTable('codes_batch')
    .set({ left_out: sql<number>`left_out + ${rows.length}` })
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
