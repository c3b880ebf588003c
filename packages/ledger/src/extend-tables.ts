import { isDriverError } from '@ddp/db-kit/errors';
import { ascii, engine } from './create-tables.ts';
import { type SqlRunner, tablesOf } from './ledger.ts';
import { runSql } from './store/run-sql.ts';

// As in create-tables: one statement each, which may be run again.

/** Keeps with each block what it was hashed with. */
export async function addBlockHashName(db: SqlRunner, prefix: string): Promise<void> {
  const column = `hash_name VARCHAR(8) ${ascii} NOT NULL DEFAULT 'sha256'`;
  await alterOnce(db, tablesOf(prefix).block, `ADD COLUMN ${column}`);
}

/** Finds the block that was the last one at an instant. */
export async function addBlockTimeKey(db: SqlRunner, prefix: string): Promise<void> {
  const { block } = tablesOf(prefix);
  await alterOnce(db, block, `ADD KEY ${block}_time (created_at, seq)`);
}

export async function addAccountReference(db: SqlRunner, prefix: string): Promise<void> {
  const { account } = tablesOf(prefix);
  await alterOnce(db, account, `ADD COLUMN reference VARCHAR(64) ${ascii} NULL`);
}

/** The order in which accounts are listed. */
export async function addAccountOrderKey(db: SqlRunner, prefix: string): Promise<void> {
  const { account } = tablesOf(prefix);
  await alterOnce(db, account, `ADD KEY ${account}_order (unit, code, id)`);
}

export async function addAccountReferenceKey(db: SqlRunner, prefix: string): Promise<void> {
  const { account } = tablesOf(prefix);
  await alterOnce(db, account, `ADD KEY ${account}_reference (reference, unit, code, id)`);
}

export async function addTransferReferenceKey(db: SqlRunner, prefix: string): Promise<void> {
  const { transfer } = tablesOf(prefix);
  await alterOnce(db, transfer, `ADD KEY ${transfer}_reference (reference, block_seq, position)`);
}

/** What stood on a busy account after a block, so that no reader adds up its whole history. */
export async function createCheckpointTable(db: SqlRunner, prefix: string): Promise<void> {
  const { checkpoint } = tablesOf(prefix);
  await runSql(
    db,
    `CREATE TABLE IF NOT EXISTS ${checkpoint} (
      account_id BINARY(16) NOT NULL,
      block_seq BIGINT NOT NULL,
      debits_posted BIGINT NOT NULL,
      credits_posted BIGINT NOT NULL,
      debits_pending BIGINT NOT NULL,
      credits_pending BIGINT NOT NULL,
      PRIMARY KEY (account_id, block_seq),
      KEY ${checkpoint}_progress (block_seq)
    ) ${engine}`,
  );
}

const presentAlready = new Set([1060, 1061]);

/** A column or a key that is there already is what was wanted. */
async function alterOnce(db: SqlRunner, table: string, change: string): Promise<void> {
  try {
    await runSql(db, `ALTER TABLE ${table} ${change}`);
  } catch (error) {
    if (!isDriverError(error) || !presentAlready.has(error.errno ?? 0)) throw error;
  }
}
