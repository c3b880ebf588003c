import type { Balances } from './domain/account.ts';
import { type Ledger, type SqlRunner, tablesOf } from './ledger.ts';
import { findBlockAt, selectHead } from './store/block-rows.ts';
import { sumThroughBlock } from './store/checkpoint-rows.ts';
import { readNow } from './store/run-sql.ts';

/** The instant lies ahead by the database's clock: nobody can know yet. */
export class InstantAheadError extends Error {
  override name = 'InstantAheadError';
}

export interface BalanceAt extends Balances {
  at: Date;
  /** The last block that counts; 0 where none was written by then. */
  blockSeq: number;
  /** Whether a later block exists, so that no block to come can have counted. */
  isFinal: boolean;
}

/**
 * What stood on an account at an instant: all blocks written by then, whose times never go back.
 * Without an instant every block counts. An account that is not there has nothing on it. Throws InstantAheadError.
 */
export async function readBalanceAt(
  db: SqlRunner,
  ledger: Ledger,
  accountId: string,
  at?: Date,
): Promise<BalanceAt> {
  const tables = tablesOf(ledger.prefix);
  const now = await readNow(db, ledger.clock);
  if (at !== undefined && at > now) throw new InstantAheadError('the instant lies ahead');
  // The head is read first: a block behind it that is not of the instant is a later one.
  const head = await selectHead(db, tables);
  const blockSeq = at === undefined ? head.seq : await findBlockAt(db, tables, at);
  const { accountId: _accountId, ...sums } = await sumThroughBlock(db, tables, accountId, blockSeq);
  return { ...sums, at: at ?? now, isFinal: head.seq > blockSeq };
}
