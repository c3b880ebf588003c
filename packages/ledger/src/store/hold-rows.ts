import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import type { HoldState, Transfer } from '../domain/transfer.ts';
import type { LedgerTables, SqlRunner, SqlTransaction } from '../ledger.ts';
import { cutIntoChunks, listOf, placeholders, runChange, runSql } from './run-sql.ts';

/** Writes new holds, in the state the batch left them in, and moves earlier ones out of `open`. */
export async function writeHolds(
  tx: SqlTransaction,
  table: string,
  states: ReadonlyMap<string, HoldState>,
  newTransfers: readonly Transfer[],
): Promise<void> {
  const made = newTransfers.filter((transfer) => transfer.kind === 'pending');
  for (const chunk of cutIntoChunks(made)) {
    await runChange(
      tx,
      `INSERT INTO ${table} (transfer_id, state, expires_at)
        VALUES ${placeholders(chunk.length, 3)}`,
      chunk.flatMap((hold) => [idToBinary(hold.id), states.get(hold.id) ?? 'open', hold.expiresAt]),
    );
  }
  const madeIds = new Set(made.map((hold) => hold.id));
  for (const state of ['posted', 'voided', 'expired'] as const) {
    const ids = [...states].filter(([id, to]) => to === state && !madeIds.has(id));
    for (const chunk of cutIntoChunks(ids)) {
      const changed = await runChange(
        tx,
        `UPDATE ${table} SET state = ?
          WHERE state = 'open' AND transfer_id IN (${listOf(chunk)})`,
        [state, ...chunk.map(([id]) => idToBinary(id))],
      );
      if (changed !== chunk.length) throw new Error('a hold ended under its locks');
    }
  }
}

/** Open holds of some units whose deadline has come, the longest overdue first. */
export async function selectDueHolds(
  db: SqlRunner,
  tables: LedgerTables,
  { units, now, limit }: { units: readonly string[]; now: Date; limit: number },
): Promise<string[]> {
  const rows = await runSql<{ transfer_id: Buffer }>(
    db,
    `SELECT h.transfer_id FROM ${tables.hold} h JOIN ${tables.transfer} t ON t.id = h.transfer_id
      WHERE h.state = 'open' AND h.expires_at <= ? AND t.unit IN (${listOf(units)})
      ORDER BY h.expires_at LIMIT ?`,
    [now, ...units, limit],
  );
  return rows.map((row) => binaryToId(row.transfer_id));
}
