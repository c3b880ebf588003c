import { toSafeInteger } from '@ddp/db-kit/amounts';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { digestTransfer, type HashName } from '../domain/block.ts';
import type { HoldState, StoredTransfer, Transfer, TransferKind } from '../domain/transfer.ts';
import type { LedgerTables, SqlRunner, SqlTransaction } from '../ledger.ts';
import {
  bytesLiteral,
  idLiteral,
  instantLiteral,
  integerLiteral,
  orNull,
  textLiteral,
} from './literals.ts';
import { cutIntoChunks, listOf, runChanges, runSql } from './run-sql.ts';

export interface TransferRow {
  id: Buffer;
  kind: TransferKind;
  debit_account_id: Buffer;
  credit_account_id: Buffer;
  amount: number | string;
  unit: string;
  code: number;
  reference: string | null;
  pending_id: Buffer | null;
  expires_at: Date | null;
  block_seq: number | string;
  position: number;
  created_at: Date;
  digest: Buffer;
}

const names = [
  'id',
  'kind',
  'debit_account_id',
  'credit_account_id',
  'amount',
  'unit',
  'code',
  'reference',
  'pending_id',
  'expires_at',
  'block_seq',
  'position',
  'created_at',
  'digest',
] as const satisfies readonly (keyof TransferRow)[];

export const transferColumns = names.join(', ');
const ownColumns = names.map((name) => `t.${name}`).join(', ');

/** The accounts of holds, so that they can be locked before anything else is read. */
export async function selectHoldAccounts(
  db: SqlRunner,
  tables: LedgerTables,
  pendingIds: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  for (const chunk of cutIntoChunks(pendingIds)) {
    const rows = await runSql<Pick<TransferRow, 'debit_account_id' | 'credit_account_id'>>(
      db,
      `SELECT debit_account_id, credit_account_id FROM ${tables.transfer}
        WHERE id IN (${listOf(chunk)})`,
      chunk.map(idToBinary),
    );
    for (const row of rows) {
      found.push(binaryToId(row.debit_account_id), binaryToId(row.credit_account_id));
    }
  }
  return found;
}

export interface FoundTransfers {
  transfers: Map<string, Transfer>;
  holdStates: Map<string, HoldState>;
}

/** Transfers by id, with the state of those that are holds. */
export async function selectTransfers(
  db: SqlRunner,
  tables: LedgerTables,
  ids: Iterable<string>,
): Promise<FoundTransfers> {
  const transfers = new Map<string, Transfer>();
  const holdStates = new Map<string, HoldState>();
  for (const chunk of cutIntoChunks([...new Set(ids)])) {
    const rows = await runSql<TransferRow & { hold_state: HoldState | null }>(
      db,
      `SELECT ${ownColumns}, h.state AS hold_state
        FROM ${tables.transfer} t LEFT JOIN ${tables.hold} h ON h.transfer_id = t.id
        WHERE t.id IN (${chunk.map(idLiteral).join()})`,
    );
    for (const row of rows) {
      const transfer = toTransfer(row);
      transfers.set(transfer.id, transfer);
      if (row.hold_state !== null) holdStates.set(transfer.id, row.hold_state);
    }
  }
  return { transfers, holdStates };
}

/** A page of the transfers that carry a reference, by accounts of a span of codes. */
export async function selectTransfersByReference(
  db: SqlRunner,
  tables: LedgerTables,
  filter: {
    reference: string;
    fromCode: number;
    toCode: number;
    after: { blockSeq: number; position: number } | null;
    limit: number;
  },
): Promise<StoredTransfer[]> {
  const { reference, fromCode, toCode, after, limit } = filter;
  const behind =
    after === null ? '' : 'AND (t.block_seq > ? OR (t.block_seq = ? AND t.position > ?))';
  const rows = await runSql<TransferRow & { hold_state: HoldState | null }>(
    db,
    `SELECT ${ownColumns}, h.state AS hold_state
      FROM ${tables.transfer} t JOIN ${tables.account} a ON a.id = t.debit_account_id
      LEFT JOIN ${tables.hold} h ON h.transfer_id = t.id
      WHERE t.reference = ? AND a.code BETWEEN ? AND ? ${behind}
      ORDER BY t.block_seq, t.position LIMIT ?`,
    [
      ...[reference, fromCode, toCode],
      ...(after === null ? [] : [after.blockSeq, after.blockSeq, after.position]),
      limit,
    ],
  );
  return rows.map((row) => ({ transfer: toTransfer(row), holdState: row.hold_state }));
}

/** Half a block: the second half is hashed and written out while the database takes the first. */
const rowsPerInsert = 500;

/** Writes the transfers and gives their digests, in the same order. */
export async function insertTransfers(
  tx: SqlTransaction,
  tables: LedgerTables,
  transfers: readonly Transfer[],
  hashName: HashName,
): Promise<Buffer[]> {
  const digests: Buffer[] = [];
  function* makeInserts() {
    for (const chunk of cutIntoChunks(transfers, rowsPerInsert)) {
      const rows = chunk.map((transfer) => {
        const digest = digestTransfer(hashName, transfer);
        digests.push(digest);
        return rowOf(transfer, digest);
      });
      const text = `INSERT INTO ${tables.transfer} (${transferColumns}) VALUES ${rows.join(',')}`;
      yield { text, rows: rows.length };
    }
  }
  await runChanges(tx, makeInserts());
  return digests;
}

/** The values of one row, in the order of the columns. */
function rowOf(transfer: Transfer, digest: Buffer): string {
  const sides = `${idLiteral(transfer.debitAccountId)},${idLiteral(transfer.creditAccountId)}`;
  const money = `${integerLiteral(transfer.amount)},${textLiteral(transfer.unit)}`;
  const sense = `${integerLiteral(transfer.code)},${orNull(transfer.reference, textLiteral)}`;
  const hold = `${orNull(transfer.pendingId, idLiteral)},${orNull(transfer.expiresAt, instantLiteral)}`;
  const place = `${integerLiteral(transfer.blockSeq)},${integerLiteral(transfer.position)}`;
  const what = `${idLiteral(transfer.id)},${textLiteral(transfer.kind)},${sides},${money},${sense}`;
  return `(${what},${hold},${place},${instantLiteral(transfer.createdAt)},${bytesLiteral(digest)})`;
}

/** The rows of the blocks after one and not after another, by block, in order of position. */
export async function selectRowsOfBlocks(
  db: SqlRunner,
  tables: LedgerTables,
  after: number,
  upTo: number,
): Promise<Map<number, TransferRow[]>> {
  const rows = await runSql<TransferRow>(
    db,
    `SELECT ${transferColumns} FROM ${tables.transfer}
      WHERE block_seq > ? AND block_seq <= ? ORDER BY block_seq, position`,
    [after, upTo],
  );
  const byBlock = new Map<number, TransferRow[]>();
  for (const row of rows) {
    const seq = toSafeInteger(row.block_seq);
    const list = byBlock.get(seq);
    if (list === undefined) byBlock.set(seq, [row]);
    else list.push(row);
  }
  return byBlock;
}

export function toTransfer(row: TransferRow): Transfer {
  return {
    id: binaryToId(row.id),
    kind: row.kind,
    debitAccountId: binaryToId(row.debit_account_id),
    creditAccountId: binaryToId(row.credit_account_id),
    amount: toSafeInteger(row.amount),
    unit: row.unit,
    code: row.code,
    reference: row.reference,
    pendingId: binaryToIdOrNull(row.pending_id),
    expiresAt: row.expires_at,
    blockSeq: toSafeInteger(row.block_seq),
    position: row.position,
    createdAt: row.created_at,
  };
}
