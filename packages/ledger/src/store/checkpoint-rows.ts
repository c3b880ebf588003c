import { toSafeInteger } from '@ddp/db-kit/amounts';
import { isDuplicate } from '@ddp/db-kit/errors';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import type { Balances } from '../domain/account.ts';
import type { LedgerTables, SqlRunner } from '../ledger.ts';
import { movementRows, pendingAmount, postedAmount } from './movement-sql.ts';
import { placeholders, runChange, runSql } from './run-sql.ts';

/** What stood on an account after a block. */
export interface Checkpoint extends Balances {
  accountId: string;
  blockSeq: number;
}

interface SumRow {
  debits_posted: number | string | null;
  credits_posted: number | string | null;
  debits_pending: number | string | null;
  credits_pending: number | string | null;
}

const sumColumns = 'debits_posted, credits_posted, debits_pending, credits_pending';

/**
 * What stood on an account after a block: its last checkpoint until then, and the transfers behind
 * that one. Blocks never change, so neither does the answer.
 */
export async function sumThroughBlock(
  db: SqlRunner,
  tables: LedgerTables,
  accountId: string,
  blockSeq: number,
): Promise<Checkpoint> {
  const id = idToBinary(accountId);
  const [from] = await runSql<SumRow & { block_seq: number | string }>(
    db,
    `SELECT block_seq, ${sumColumns} FROM ${tables.checkpoint}
      WHERE account_id = ? AND block_seq <= ? ORDER BY block_seq DESC LIMIT 1`,
    [id, blockSeq],
  );
  const rows = movementRows(tables.transfer);
  const span = 't.block_seq > ? AND t.block_seq <= ?';
  const values = [id, from === undefined ? 0 : toSafeInteger(from.block_seq), blockSeq];
  const [since] = await runSql<SumRow>(
    db,
    `SELECT SUM(dp) AS debits_posted, SUM(cp) AS credits_posted, SUM(dh) AS debits_pending,
        SUM(ch) AS credits_pending FROM (
      SELECT ${postedAmount} AS dp, 0 AS cp, ${pendingAmount} AS dh, 0 AS ch ${rows}
        WHERE t.debit_account_id = ? AND ${span}
      UNION ALL SELECT 0, ${postedAmount}, 0, ${pendingAmount} ${rows}
        WHERE t.credit_account_id = ? AND ${span}) AS moved`,
    [...values, ...values],
  );
  const sumOf = (column: keyof SumRow) =>
    toSafeInteger(from?.[column] ?? 0) + toSafeInteger(since?.[column] ?? 0);
  return {
    ...{ accountId, blockSeq },
    debitsPosted: sumOf('debits_posted'),
    creditsPosted: sumOf('credits_posted'),
    debitsPending: sumOf('debits_pending'),
    creditsPending: sumOf('credits_pending'),
  };
}

/** The last block that any checkpoint stands on; 0 before the first. */
export async function findCheckpointedSeq(db: SqlRunner, tables: LedgerTables): Promise<number> {
  const [row] = await runSql<{ seq: number | string | null }>(
    db,
    `SELECT MAX(block_seq) AS seq FROM ${tables.checkpoint}`,
  );
  return toSafeInteger(row?.seq ?? 0);
}

/**
 * Blocks after one and not after another in which a transfer's digest lies below a bound, with the
 * accounts of those transfers.
 */
export async function selectDrawnAccounts(
  db: SqlRunner,
  tables: LedgerTables,
  span: { after: number; upTo: number; below: Buffer },
): Promise<Map<number, Set<string>>> {
  const rows = await runSql<{
    block_seq: number | string;
    debit_account_id: Buffer;
    credit_account_id: Buffer;
  }>(
    db,
    `SELECT block_seq, debit_account_id, credit_account_id FROM ${tables.transfer}
      WHERE block_seq > ? AND block_seq <= ? AND digest < ? ORDER BY block_seq`,
    [span.after, span.upTo, span.below],
  );
  const drawn = new Map<number, Set<string>>();
  for (const row of rows) {
    const seq = toSafeInteger(row.block_seq);
    const accounts = drawn.get(seq) ?? new Set<string>();
    accounts.add(binaryToId(row.debit_account_id)).add(binaryToId(row.credit_account_id));
    drawn.set(seq, accounts);
  }
  return drawn;
}

/** Writes the checkpoints of one block together; false where another process has just done so. */
export async function insertCheckpoints(
  db: SqlRunner,
  tables: LedgerTables,
  checkpoints: readonly Checkpoint[],
): Promise<boolean> {
  try {
    await runChange(
      db,
      `INSERT INTO ${tables.checkpoint} (account_id, block_seq, ${sumColumns})
        VALUES ${placeholders(checkpoints.length, 6)}`,
      checkpoints.flatMap((one) => [
        idToBinary(one.accountId),
        one.blockSeq,
        one.debitsPosted,
        one.creditsPosted,
        one.debitsPending,
        one.creditsPending,
      ]),
    );
    return true;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return false;
  }
}
