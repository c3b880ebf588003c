import { genesisHash } from './domain/block.ts';
import { type SqlRunner, tablesOf } from './ledger.ts';
import { runSql } from './store/run-sql.ts';

export const engine = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin';
export const ascii = 'CHARACTER SET ascii COLLATE ascii_bin';

type Step = (db: SqlRunner, prefix: string) => Promise<void>;

/** One of the steps below as a migration of the service that keeps a ledger under this prefix. */
export function ledgerMigration(step: Step, prefix: string) {
  return { up: (db: SqlRunner) => step(db, prefix) };
}

/** Each function is one statement that may be run again, for the numbered migrations of a service. */
export async function createAccountTable(db: SqlRunner, prefix: string): Promise<void> {
  const { account } = tablesOf(prefix);
  // The checks repeat what the engine decides, so that no other hand can break it either.
  await runSql(
    db,
    `CREATE TABLE IF NOT EXISTS ${account} (
      id BINARY(16) NOT NULL,
      unit VARCHAR(16) ${ascii} NOT NULL,
      code SMALLINT UNSIGNED NOT NULL,
      limit_kind VARCHAR(32) ${ascii} NOT NULL,
      debits_posted BIGINT NOT NULL DEFAULT 0,
      credits_posted BIGINT NOT NULL DEFAULT 0,
      debits_pending BIGINT NOT NULL DEFAULT 0,
      credits_pending BIGINT NOT NULL DEFAULT 0,
      closed_at DATETIME(3) NULL,
      created_at DATETIME(3) NOT NULL,
      PRIMARY KEY (id),
      CONSTRAINT ${account}_sums CHECK (debits_posted >= 0 AND credits_posted >= 0
        AND debits_pending >= 0 AND credits_pending >= 0),
      CONSTRAINT ${account}_debit_limit CHECK (limit_kind <> 'debits-may-not-exceed-credits'
        OR debits_posted + debits_pending <= credits_posted),
      CONSTRAINT ${account}_credit_limit CHECK (limit_kind <> 'credits-may-not-exceed-debits'
        OR credits_posted + credits_pending <= debits_posted)
    ) ${engine}`,
  );
}

export async function createTransferTable(db: SqlRunner, prefix: string): Promise<void> {
  const { transfer } = tablesOf(prefix);
  // The unique key on pending_id lets a hold end once, whatever else goes wrong.
  await runSql(
    db,
    `CREATE TABLE IF NOT EXISTS ${transfer} (
      id BINARY(16) NOT NULL,
      kind VARCHAR(16) ${ascii} NOT NULL,
      debit_account_id BINARY(16) NOT NULL,
      credit_account_id BINARY(16) NOT NULL,
      amount BIGINT NOT NULL,
      unit VARCHAR(16) ${ascii} NOT NULL,
      code SMALLINT UNSIGNED NOT NULL,
      reference VARCHAR(64) ${ascii} NULL,
      pending_id BINARY(16) NULL,
      expires_at DATETIME(3) NULL,
      block_seq BIGINT NOT NULL,
      position INT NOT NULL,
      created_at DATETIME(3) NOT NULL,
      digest BINARY(32) NOT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY ${transfer}_resolves (pending_id),
      UNIQUE KEY ${transfer}_place (block_seq, position),
      KEY ${transfer}_debit (debit_account_id, block_seq, position),
      KEY ${transfer}_credit (credit_account_id, block_seq, position),
      CONSTRAINT ${transfer}_amount CHECK (amount > 0)
    ) ${engine}`,
  );
}

export async function createHoldTable(db: SqlRunner, prefix: string): Promise<void> {
  const { hold } = tablesOf(prefix);
  await runSql(
    db,
    `CREATE TABLE IF NOT EXISTS ${hold} (
      transfer_id BINARY(16) NOT NULL,
      state VARCHAR(8) ${ascii} NOT NULL,
      expires_at DATETIME(3) NULL,
      PRIMARY KEY (transfer_id),
      KEY ${hold}_due (state, expires_at)
    ) ${engine}`,
  );
}

export async function createBlockTable(db: SqlRunner, prefix: string): Promise<void> {
  const { block } = tablesOf(prefix);
  await runSql(
    db,
    `CREATE TABLE IF NOT EXISTS ${block} (
      seq BIGINT NOT NULL,
      previous_hash BINARY(32) NOT NULL,
      hash BINARY(32) NOT NULL,
      transfer_count INT NOT NULL,
      created_at DATETIME(3) NOT NULL,
      PRIMARY KEY (seq)
    ) ${engine}`,
  );
}

export async function createHeadTable(db: SqlRunner, prefix: string): Promise<void> {
  const { head } = tablesOf(prefix);
  await runSql(
    db,
    `CREATE TABLE IF NOT EXISTS ${head} (
      id TINYINT NOT NULL,
      seq BIGINT NOT NULL,
      hash BINARY(32) NOT NULL,
      PRIMARY KEY (id)
    ) ${engine}`,
  );
}

/** Puts the one row of the head table where it is not there yet: block 0, the genesis hash. */
export async function insertHead(db: SqlRunner, prefix: string): Promise<void> {
  const { head } = tablesOf(prefix);
  await runSql(
    db,
    `INSERT INTO ${head} (id, seq, hash)
      SELECT 1, 0, ? FROM (SELECT COUNT(*) AS heads FROM ${head}) AS existing WHERE heads = 0`,
    [genesisHash],
  );
}
