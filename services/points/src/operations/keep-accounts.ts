import { requireService } from '@ddp/auth/authorize';
import { pointsProblems } from '@ddp/contracts/points/problems';
import type {
  createAccounts as createRoute,
  readAccount as readRoute,
} from '@ddp/contracts/points/routes';
import type { ledgerUnits } from '@ddp/contracts/points/schemas';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { transact } from '@ddp/db-kit/transact';
import { AccountConflictError, createAccounts as writeAccounts } from '@ddp/ledger/create-accounts';
import type { SqlTransaction } from '@ddp/ledger/ledger';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { PointsDeps } from '../deps.ts';
import { ownsCode } from '../domain/ledger-client.ts';
import { requireClient } from './require-client.ts';

/** Makes accounts of the calling service; asking again for the same changes nothing. */
export async function createAccounts(
  { store, ledger }: PointsDeps,
  { principal }: Caller,
  { body }: RouteRequest<typeof createRoute>,
): Promise<RouteResult<typeof createRoute>> {
  const client = requireClient(requireService(principal));
  if (
    body.accounts.some(({ unit, code }) => !client.units.includes(unit) || !ownsCode(client, code))
  ) {
    throw new Problem(pointsProblems.foreignAccount);
  }
  const terms = body.accounts.map(({ limit, ...rest }) => ({ ...rest, limitKind: limit }));
  try {
    const write = (tx: SqlTransaction) => writeAccounts(tx, ledger, terms);
    const made = await transact(store.db, write, { isRepeatable: true });
    return { accounts: made.length };
  } catch (error) {
    if (!(error instanceof AccountConflictError)) throw error;
    throw new Problem(pointsProblems.idReused, { cause: error });
  }
}

/** One account of the calling service with its sums; those of others look as if they were not there. */
export async function readAccount(
  { readLedgerAccount }: PointsDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof readRoute>,
): Promise<RouteResult<typeof readRoute>> {
  const client = requireClient(requireService(principal));
  const account = await readLedgerAccount(params.id);
  if (!account || !ownsCode(client, account.code)) throw new Problem(commonProblems.notFound);
  return {
    id: account.id,
    unit: account.unit as (typeof ledgerUnits)[number],
    code: account.code,
    limit: account.limitKind,
    debitsPosted: account.debitsPosted,
    creditsPosted: account.creditsPosted,
    debitsPending: account.debitsPending,
    creditsPending: account.creditsPending,
  };
}
