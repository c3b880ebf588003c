import { requireService } from '@ddp/auth/authorize';
import { pointsProblems } from '@ddp/contracts/points/problems';
import type {
  closeAccount as closeRoute,
  createAccounts as createRoute,
  listAccounts as listRoute,
  readAccount as readRoute,
} from '@ddp/contracts/points/routes';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, toPage } from '@ddp/db-kit/page';
import { transact } from '@ddp/db-kit/transact';
import {
  AccountHasHoldsError,
  closeAccount as closeLedgerAccount,
} from '@ddp/ledger/close-account';
import { AccountConflictError, createAccounts as writeAccounts } from '@ddp/ledger/create-accounts';
import type { SqlTransaction } from '@ddp/ledger/ledger';
import { listAccountPage } from '@ddp/ledger/read-accounts';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { PointsDeps } from '../deps.ts';
import { ownsCode } from '../domain/ledger-client.ts';
import { toAccountView } from './ledger-views.ts';
import { requireClient } from './require-client.ts';
import { readOwnAccount } from './require-own-accounts.ts';

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
  const terms = body.accounts.map(({ limit, reference, ...rest }) => ({
    ...rest,
    limitKind: limit,
    reference: reference || null,
  }));
  try {
    const write = (tx: SqlTransaction) => writeAccounts(tx, ledger, terms);
    const made = await transact(store.db, write, { isRepeatable: true });
    return { accounts: made.length };
  } catch (error) {
    if (!(error instanceof AccountConflictError)) throw error;
    throw new Problem(pointsProblems.idReused, { cause: error });
  }
}

/** One account of the calling service with its sums. */
export async function readAccount(
  deps: PointsDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof readRoute>,
): Promise<RouteResult<typeof readRoute>> {
  const client = requireClient(requireService(principal));
  return toAccountView(await readOwnAccount(deps, client, params.id));
}

/** Closes an account for good; asking again changes nothing. */
export async function closeAccount(
  deps: PointsDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof closeRoute>,
): Promise<RouteResult<typeof closeRoute>> {
  const { store, ledger } = deps;
  const client = requireClient(requireService(principal));
  await readOwnAccount(deps, client, params.id);
  try {
    const close = (tx: SqlTransaction) => closeLedgerAccount(tx, ledger, params.id);
    return toAccountView(await transact(store.db, close, { isRepeatable: true }));
  } catch (error) {
    if (!(error instanceof AccountHasHoldsError)) throw error;
    throw new Problem(pointsProblems.accountHasHolds, { cause: error });
  }
}

/** The accounts of the calling service in order of unit, code and id. */
export async function listAccounts(
  { store, ledger }: PointsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  const client = requireClient(requireService(principal));
  const { unit, code, reference = null, limit } = query;
  const units = unit === undefined ? client.units : client.units.filter((one) => one === unit);
  const isForeign = units.length === 0 || (code !== undefined && !ownsCode(client, code));
  if (isForeign) return { items: [], nextCursor: null };
  const { fromCode, toCode } = client;
  const rows = await listAccountPage(store.db, ledger, {
    ...{ units, reference, limit: limit + 1 },
    ...(code === undefined ? { fromCode, toCode } : { fromCode: code, toCode: code }),
    after: orderOf(decodeCursor(query.cursor, orderCursor)),
  });
  return toPage(rows, limit, toAccountView, (row) => `${row.unit}:${row.code}:${row.id}`);
}

const orderCursor = /^[a-z]{1,16}:[0-9]{1,5}:[0-9a-f-]{36}$/;

function orderOf(key: string | null) {
  if (key === null) return null;
  const [unit = '', code = '', id = ''] = key.split(':');
  return { unit, code: Number(code), id };
}
