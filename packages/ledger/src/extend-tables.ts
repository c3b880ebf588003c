import { alterTable, ddl } from '@ddp/db-kit/command-tables';
import type { Migration } from 'kysely';
import { ascii, engine } from './create-tables.ts';
import { tablesOf } from './ledger.ts';

// What came to the tables of a ledger later; each function is a migration under its prefix.

/** Keeps with each block what it was hashed with. */
export function addBlockHashName(prefix: string): Migration {
  const column = `hash_name VARCHAR(8) ${ascii} NOT NULL DEFAULT 'sha256'`;
  return alterTable(tablesOf(prefix).block, `ADD COLUMN ${column}`);
}

/** Finds the block that was the last one at an instant. */
export function addBlockTimeKey(prefix: string): Migration {
  const { block } = tablesOf(prefix);
  return alterTable(block, `ADD KEY ${block}_time (created_at, seq)`);
}

/** What an account is for, and the orders in which accounts are listed. */
export function addAccountReference(prefix: string): Migration {
  const { account } = tablesOf(prefix);
  return alterTable(
    account,
    `ADD COLUMN reference VARCHAR(64) ${ascii} NULL,
      ADD KEY ${account}_order (unit, code, id),
      ADD KEY ${account}_reference (reference, unit, code, id)`,
  );
}

export function addTransferReferenceKey(prefix: string): Migration {
  const { transfer } = tablesOf(prefix);
  return alterTable(transfer, `ADD KEY ${transfer}_reference (reference, block_seq, position)`);
}

/** What stood on a busy account after a block, so that no reader adds up its whole history. */
export function createCheckpointTable(prefix: string): Migration {
  const { checkpoint } = tablesOf(prefix);
  return ddl(
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
