import type { Account } from './domain/account.ts';
import { type Ledger, type SqlTransaction, tablesOf } from './ledger.ts';
import { AccountNotFoundError } from './read-accounts.ts';
import { closeIdleAccount, lockAccounts } from './store/account-rows.ts';
import { readNow } from './store/run-sql.ts';

/** Something is pending on the account: end its holds first. */
export class AccountHasHoldsError extends Error {
  override name = 'AccountHasHoldsError';
}

/**
 * Closes an account for good, within the caller's transaction, and gives it; one that is closed
 * already stays as it is. Nothing can be moved on it any more. Throws AccountNotFoundError and
 * AccountHasHoldsError.
 */
export async function closeAccount(
  tx: SqlTransaction,
  ledger: Ledger,
  id: string,
): Promise<Account> {
  const table = tablesOf(ledger.prefix).account;
  const account = (await lockAccounts(tx, table, [id])).get(id);
  if (account === undefined) throw new AccountNotFoundError('the ledger has no such account');
  if (account.closedAt !== null) return account;
  const closedAt = await readNow(tx, ledger.clock);
  if (await closeIdleAccount(tx, table, id, closedAt)) return { ...account, closedAt };
  throw new AccountHasHoldsError('something is pending on the account');
}
