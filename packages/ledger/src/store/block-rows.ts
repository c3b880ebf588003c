import { toSafeInteger } from '@ddp/db-kit/amounts';
import { hashBlock } from '../domain/block.ts';
import type { LedgerTables, SqlRunner, SqlTransaction } from '../ledger.ts';
import { runChange, runSql } from './run-sql.ts';

export interface Head {
  seq: number;
  hash: Buffer;
}

export interface Block extends Head {
  previousHash: Buffer;
  transferCount: number;
  createdAt: Date;
}

/** The last lock of every batch: whoever holds it is the only one to write transfers. */
export async function lockHead(tx: SqlTransaction, tables: LedgerTables): Promise<Head> {
  return oneHead(await runSql(tx, `SELECT seq, hash FROM ${tables.head} WHERE id = 1 FOR UPDATE`));
}

export async function selectHead(db: SqlRunner, tables: LedgerTables): Promise<Head> {
  return oneHead(await runSql(db, `SELECT seq, hash FROM ${tables.head} WHERE id = 1`));
}

/** Adds the block after `head` over transfers just written, and moves the head to it. */
export async function appendBlock(
  tx: SqlTransaction,
  tables: LedgerTables,
  head: Head,
  digests: readonly Buffer[],
  createdAt: Date,
): Promise<void> {
  const seq = head.seq + 1;
  const hash = hashBlock({ seq, createdAt, previousHash: head.hash }, digests);
  await runChange(
    tx,
    `INSERT INTO ${tables.block} (seq, previous_hash, hash, transfer_count, created_at)
      VALUES (?,?,?,?,?)`,
    [seq, head.hash, hash, digests.length, createdAt],
  );
  const moved = await runChange(
    tx,
    `UPDATE ${tables.head} SET seq = ?, hash = ? WHERE id = 1 AND seq = ?`,
    [seq, hash, head.seq],
  );
  if (moved !== 1) throw new Error('the head of the ledger moved under its lock');
}

interface BlockRow {
  seq: number | string;
  previous_hash: Buffer;
  hash: Buffer;
  transfer_count: number;
  created_at: Date;
}

/** Up to `limit` blocks after a sequence number and not after another, in order. */
export async function selectBlocks(
  db: SqlRunner,
  tables: LedgerTables,
  range: { after: number; upTo: number; limit: number },
): Promise<Block[]> {
  const rows = await runSql<BlockRow>(
    db,
    `SELECT seq, previous_hash, hash, transfer_count, created_at FROM ${tables.block}
      WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?`,
    [range.after, range.upTo, range.limit],
  );
  return rows.map((row) => ({
    seq: toSafeInteger(row.seq),
    previousHash: row.previous_hash,
    hash: row.hash,
    transferCount: row.transfer_count,
    createdAt: row.created_at,
  }));
}

function oneHead(rows: { seq: number | string; hash: Buffer }[]): Head {
  const [row] = rows;
  if (row === undefined) throw new Error('the ledger has no head: its migrations have not run');
  return { seq: toSafeInteger(row.seq), hash: row.hash };
}
