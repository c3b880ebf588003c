import { isDuplicate } from '@ddp/db-kit/errors';
import type { Account, AccountTerms } from './domain/account.ts';
import { assertTerms } from './domain/transfer.ts';
import { type Ledger, type SqlTransaction, tablesOf } from './ledger.ts';
import { insertAccounts, selectAccounts } from './store/account-rows.ts';
import { readNow } from './store/run-sql.ts';

/** An account with this id exists and is another one. */
export class AccountConflictError extends Error {
  override name = 'AccountConflictError';
  readonly accountId: string;

  constructor(accountId: string) {
    super('an account with this id exists with other fields');
    this.accountId = accountId;
  }
}

/**
 * Makes the accounts that are not there yet and gives all of them, in the order asked for. Repeating
 * it changes nothing; an id that stands for another account throws AccountConflictError.
 */
export async function createAccounts(
  tx: SqlTransaction,
  ledger: Ledger,
  wanted: readonly AccountTerms[],
): Promise<Account[]> {
  for (const terms of wanted) assertTerms(terms);
  const table = tablesOf(ledger.prefix).account;
  const ids = wanted.map((terms) => terms.id);
  let existing = await selectAccounts(tx, table, ids);
  for (let round = 0; round < 3 && ids.some((id) => !existing.has(id)); round += 1) {
    await insertMissing(tx, ledger, wanted, existing);
    existing = await selectAccounts(tx, table, ids);
  }
  return wanted.map((terms) => {
    const account = existing.get(terms.id);
    if (account === undefined || !isSame(account, terms)) throw new AccountConflictError(terms.id);
    return account;
  });
}

/** Somebody may make the same accounts at this moment; the caller then reads theirs. */
async function insertMissing(
  tx: SqlTransaction,
  ledger: Ledger,
  wanted: readonly AccountTerms[],
  existing: ReadonlyMap<string, Account>,
): Promise<void> {
  const missing = new Map(
    wanted.filter((terms) => !existing.has(terms.id)).map((terms) => [terms.id, terms]),
  );
  const sorted = [...missing.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const now = await readNow(tx, ledger.clock);
  try {
    await insertAccounts(tx, tablesOf(ledger.prefix).account, sorted, now);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}

function isSame(account: Account, terms: AccountTerms): boolean {
  return (
    account.unit === terms.unit &&
    account.code === terms.code &&
    account.limitKind === terms.limitKind &&
    account.reference === (terms.reference ?? null)
  );
}
