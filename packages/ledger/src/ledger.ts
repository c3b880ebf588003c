import type { CompiledQuery, QueryResult } from 'kysely';
import type { HashName } from './domain/block.ts';

/** A ledger: tables under one prefix, one chain of blocks, and the clock its deadlines follow. */
export interface Ledger {
  /** `points_ledger` for `points_ledger_account` and the other tables. */
  prefix: string;
  /** What new blocks are hashed with; each block keeps the name of its own. */
  hashName: HashName;
  /** How far the time of this ledger stands from the database's. */
  clock: { offsetMs(): number };
}

/** Whatever runs SQL: a Kysely instance or a transaction of one, whatever else its schema holds. */
export interface SqlRunner {
  executeQuery<R>(query: CompiledQuery<R>): Promise<QueryResult<R>>;
}

/** A transaction of the caller; the ledger never opens one by itself. */
export interface SqlTransaction extends SqlRunner {
  readonly isTransaction: true;
}

/** The names of a ledger's tables. */
export interface LedgerTables {
  account: string;
  transfer: string;
  hold: string;
  block: string;
  head: string;
  checkpoint: string;
}

/** Throws a RangeError unless the prefix is a plain lower-case name, as it becomes part of SQL. */
export function tablesOf(prefix: string): LedgerTables {
  if (!/^[a-z][a-z0-9_]{0,39}$/.test(prefix)) throw new RangeError('not a table prefix');
  return {
    account: `${prefix}_account`,
    transfer: `${prefix}_transfer`,
    hold: `${prefix}_hold`,
    block: `${prefix}_block`,
    head: `${prefix}_head`,
    checkpoint: `${prefix}_checkpoint`,
  };
}
