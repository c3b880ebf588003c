import { idToBinary } from '@ddp/db-kit/ids';
import type { Account } from './domain/account.ts';
import type { Transfer } from './domain/transfer.ts';
import { type Ledger, type SqlRunner, tablesOf } from './ledger.ts';
import { type AccountFilter, selectAccountPage, selectAccounts } from './store/account-rows.ts';
import { assertLimit, runSql, type SqlValue } from './store/run-sql.ts';
import { type TransferRow, toTransfer, transferColumns } from './store/transfer-rows.ts';

/** There is no account with this id. */
export class AccountNotFoundError extends Error {
  override name = 'AccountNotFoundError';
}

/** One account with its balances as committed; throws AccountNotFoundError. */
export async function readAccount(db: SqlRunner, ledger: Ledger, id: string): Promise<Account> {
  const account = (await listAccounts(db, ledger, [id])).get(id);
  if (account === undefined) throw new AccountNotFoundError('the ledger has no such account');
  return account;
}

/** Accounts by id; ids without an account are left out. */
export function listAccounts(
  db: SqlRunner,
  ledger: Ledger,
  ids: Iterable<string>,
): Promise<Map<string, Account>> {
  return selectAccounts(db, tablesOf(ledger.prefix).account, ids);
}

/** A page of accounts in order of unit, code and id; the limit is 1–1,000. */
export function listAccountPage(
  db: SqlRunner,
  ledger: Ledger,
  filter: AccountFilter,
): Promise<Account[]> {
  assertLimit(filter.limit);
  return selectAccountPage(db, tablesOf(ledger.prefix).account, filter);
}

/** Where a page of transfers ends: the next one begins behind this transfer. */
export interface TransferCursor {
  blockSeq: number;
  position: number;
}

export interface TransferPageOptions {
  /** 1–1,000. */
  limit: number;
  after?: TransferCursor | null;
  /** Newest first unless said otherwise. */
  order?: 'newest-first' | 'oldest-first';
}

/** A page of an account's transfers, both sides, in the order in which they happened. */
export async function listAccountTransfers(
  db: SqlRunner,
  ledger: Ledger,
  accountId: string,
  options: TransferPageOptions,
): Promise<Transfer[]> {
  const { limit, after = null, order = 'newest-first' } = options;
  assertLimit(limit);
  const { transfer } = tablesOf(ledger.prefix);
  const [sign, direction] = order === 'newest-first' ? ['<', 'DESC'] : ['>', 'ASC'];
  const place = `ORDER BY block_seq ${direction}, position ${direction} LIMIT ?`;
  const behind = after ? `AND (block_seq ${sign} ? OR (block_seq = ? AND position ${sign} ?))` : '';
  // Each side walks its own index and stops after a page, however long the history is.
  const side = (column: string) =>
    `(SELECT ${transferColumns} FROM ${transfer} WHERE ${column} = ? ${behind} ${place})`;
  const values: SqlValue[] = [
    idToBinary(accountId),
    ...(after ? [after.blockSeq, after.blockSeq, after.position] : []),
    limit,
  ];
  const rows = await runSql<TransferRow>(
    db,
    `${side('debit_account_id')} UNION ALL ${side('credit_account_id')} ${place}`,
    [...values, ...values, limit],
  );
  return rows.map(toTransfer);
}
