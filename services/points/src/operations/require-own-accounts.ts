import { pointsProblems } from '@ddp/contracts/points/problems';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { Account } from '@ddp/ledger/domain/account';
import type { TransferRequest } from '@ddp/ledger/domain/transfer';
import { listAccounts } from '@ddp/ledger/read-accounts';
import { listTransfers } from '@ddp/ledger/read-transfers';
import type { PointsDeps } from '../deps.ts';
import { type LedgerClient, ownsCode } from '../domain/ledger-client.ts';

const mostKnownAccounts = 200_000;

/**
 * Throws 403 unless every account that the requests move, also by ending a hold, is one of the
 * calling service, in its units. What is not there gets the ledger's own verdict.
 */
export async function requireOwnAccounts(
  deps: PointsDeps,
  client: LedgerClient,
  requests: readonly TransferRequest[],
): Promise<void> {
  const { accountCodes } = deps;
  const ids = new Set<string>();
  const pendingIds = new Set<string>();
  for (const request of requests) {
    if ('pendingId' in request) {
      pendingIds.add(request.pendingId);
      continue;
    }
    if (!client.units.some((unit) => unit === request.unit)) throw foreignAccount();
    ids.add(request.debitAccountId).add(request.creditAccountId);
  }
  if (pendingIds.size > 0) await addAccountsOfHolds(deps, pendingIds, ids);
  await learnCodes(deps, ids);
  for (const id of ids) {
    const code = accountCodes.get(id);
    if (code !== undefined && !ownsCode(client, code)) throw foreignAccount();
  }
}

/** One account of the calling service; those of others look as if they were not there. Throws 404. */
export async function readOwnAccount(
  { readLedgerAccount }: PointsDeps,
  client: LedgerClient,
  id: string,
): Promise<Account> {
  const account = await readLedgerAccount(id);
  if (!account || !ownsCode(client, account.code)) throw new Problem(commonProblems.notFound);
  return account;
}

async function addAccountsOfHolds(
  { store, ledger }: PointsDeps,
  pendingIds: ReadonlySet<string>,
  ids: Set<string>,
): Promise<void> {
  const holds = await listTransfers(store.db, ledger, pendingIds);
  for (const { transfer } of holds.values()) {
    ids.add(transfer.debitAccountId).add(transfer.creditAccountId);
  }
}

async function learnCodes(
  { store, ledger, accountCodes }: PointsDeps,
  ids: ReadonlySet<string>,
): Promise<void> {
  const unknown = [...ids].filter((id) => !accountCodes.has(id));
  if (unknown.length === 0) return;
  if (accountCodes.size > mostKnownAccounts) accountCodes.clear();
  const found = await listAccounts(store.db, ledger, unknown);
  for (const { id, code } of found.values()) accountCodes.set(id, code);
}

function foreignAccount(): Problem {
  return new Problem(pointsProblems.foreignAccount);
}
