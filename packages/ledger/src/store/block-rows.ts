import { toSafeInteger } from '@ddp/db-kit/amounts';
import { type HashName, hashBlock } from '../domain/block.ts';
import type { Ledger, LedgerTables, SqlRunner, SqlTransaction } from '../ledger.ts';
import { runChange, runSql } from './run-sql.ts';

export interface Head {
  seq: number;
  hash: Buffer;
}

export interface Block extends Head {
  previousHash: Buffer;
  transferCount: number;
  createdAt: Date;
  /** As it stands in the row, which somebody may have changed. */
  hashName: string;
}

/** What a batch makes its block of. */
export interface NewBlock {
  hashName: HashName;
  digests: readonly Buffer[];
  createdAt: Date;
}

const blockColumns = 'seq, previous_hash, hash, transfer_count, created_at, hash_name';

/** The last lock of every batch: whoever holds it is the only one to write transfers. */
export async function lockHead(tx: SqlTransaction, tables: LedgerTables): Promise<Head> {
  return oneHead(await runSql(tx, `SELECT seq, hash FROM ${tables.head} WHERE id = 1 FOR UPDATE`));
}

export async function selectHead(db: SqlRunner, tables: LedgerTables): Promise<Head> {
  return oneHead(await runSql(db, `SELECT seq, hash FROM ${tables.head} WHERE id = 1`));
}

/** The database's time, moved by the clock, and that of the last block; read under the head's lock. */
export async function readTimes(
  tx: SqlTransaction,
  tables: LedgerTables,
  head: Head,
  clock: Ledger['clock'],
): Promise<{ now: Date; previousBlockAt: Date | null }> {
  const [row] = await runSql<{ now: Date; previous: Date | null }>(
    tx,
    `SELECT UTC_TIMESTAMP(3) AS now,
      (SELECT created_at FROM ${tables.block} WHERE seq = ?) AS previous`,
    [head.seq],
  );
  if (row === undefined) throw new Error('the database did not tell its time');
  const now = new Date(row.now.getTime() + clock.offsetMs());
  return { now, previousBlockAt: row.previous };
}

/** The last block that was written by an instant; 0 before the first. */
export async function findBlockAt(db: SqlRunner, tables: LedgerTables, at: Date): Promise<number> {
  const [row] = await runSql<{ seq: number | string }>(
    db,
    `SELECT seq FROM ${tables.block} WHERE created_at <= ?
      ORDER BY created_at DESC, seq DESC LIMIT 1`,
    [at],
  );
  return toSafeInteger(row?.seq ?? 0);
}

/** Adds the block after `head` over transfers just written, and moves the head to it. */
export async function appendBlock(
  tx: SqlTransaction,
  tables: LedgerTables,
  head: Head,
  { hashName, digests, createdAt }: NewBlock,
): Promise<void> {
  const seq = head.seq + 1;
  const hash = hashBlock(hashName, { seq, createdAt, previousHash: head.hash }, digests);
  await runChange(tx, `INSERT INTO ${tables.block} (${blockColumns}) VALUES (?,?,?,?,?,?)`, [
    seq,
    head.hash,
    hash,
    digests.length,
    createdAt,
    hashName,
  ]);
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
  hash_name: string;
}

/** Up to `limit` blocks after a sequence number and not after another, in order. */
export async function selectBlocks(
  db: SqlRunner,
  tables: LedgerTables,
  range: { after: number; upTo: number; limit: number },
): Promise<Block[]> {
  const rows = await runSql<BlockRow>(
    db,
    `SELECT ${blockColumns} FROM ${tables.block}
      WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?`,
    [range.after, range.upTo, range.limit],
  );
  return rows.map((row) => ({
    seq: toSafeInteger(row.seq),
    previousHash: row.previous_hash,
    hash: row.hash,
    transferCount: row.transfer_count,
    createdAt: row.created_at,
    hashName: row.hash_name,
  }));
}

function oneHead(rows: { seq: number | string; hash: Buffer }[]): Head {
  const [row] = rows;
  if (row === undefined) throw new Error('the ledger has no head: its migrations have not run');
  return { seq: toSafeInteger(row.seq), hash: row.hash };
}
