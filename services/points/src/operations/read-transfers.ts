import { requireService } from '@ddp/auth/authorize';
import type {
  readAccountBalance as balanceRoute,
  listAccountTransfers as historyRoute,
  listTransfers as listRoute,
  readTransfer as readRoute,
} from '@ddp/contracts/points/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, toPage } from '@ddp/db-kit/page';
import { listAccountTransfers as listHistory } from '@ddp/ledger/read-accounts';
import { InstantAheadError, readBalanceAt } from '@ddp/ledger/read-balance-at';
import { findTransfer, listTransfersByReference } from '@ddp/ledger/read-transfers';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { PointsDeps } from '../deps.ts';
import { placeCursor, placeKeyOf, placeOf, toTransferView } from './ledger-views.ts';
import { requireClient } from './require-client.ts';
import { readOwnAccount } from './require-own-accounts.ts';

/** One transfer between accounts of the calling service; those of others look as if not there. */
export async function readTransfer(
  deps: PointsDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof readRoute>,
): Promise<RouteResult<typeof readRoute>> {
  const client = requireClient(requireService(principal));
  const found = await findTransfer(deps.store.db, deps.ledger, params.id);
  if (!found) throw new Problem(commonProblems.notFound);
  await readOwnAccount(deps, client, found.transfer.debitAccountId);
  return toTransferView(found.transfer, found.holdState);
}

/** The transfers of the calling service that carry a reference, the oldest first. */
export async function listTransfers(
  { store, ledger }: PointsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  const { fromCode, toCode } = requireClient(requireService(principal));
  const { reference, limit } = query;
  const after = placeOf(decodeCursor(query.cursor, placeCursor));
  const filter = { reference, fromCode, toCode, after, limit: limit + 1 };
  const rows = await listTransfersByReference(store.db, ledger, filter);
  return toPage(
    rows,
    limit,
    ({ transfer, holdState }) => toTransferView(transfer, holdState),
    ({ transfer }) => placeKeyOf(transfer),
  );
}

/** What happened on an account of the calling service, the newest first. */
export async function listAccountTransfers(
  deps: PointsDeps,
  { principal }: Caller,
  { params, query }: RouteRequest<typeof historyRoute>,
): Promise<RouteResult<typeof historyRoute>> {
  const client = requireClient(requireService(principal));
  await readOwnAccount(deps, client, params.id);
  const after = placeOf(decodeCursor(query.cursor, placeCursor));
  const options = { limit: query.limit + 1, after };
  const rows = await listHistory(deps.store.db, deps.ledger, params.id, options);
  return toPage(rows, query.limit, (row) => toTransferView(row, null), placeKeyOf);
}

/** What stood on an account of the calling service at an instant, now unless one is given. */
export async function readAccountBalance(
  deps: PointsDeps,
  { principal }: Caller,
  { params, query }: RouteRequest<typeof balanceRoute>,
): Promise<RouteResult<typeof balanceRoute>> {
  const client = requireClient(requireService(principal));
  await readOwnAccount(deps, client, params.id);
  const instant = query.at === undefined ? undefined : new Date(query.at);
  try {
    const { at, ...sums } = await readBalanceAt(deps.store.db, deps.ledger, params.id, instant);
    return { accountId: params.id, at: at.toISOString(), ...sums };
  } catch (error) {
    if (!(error instanceof InstantAheadError)) throw error;
    const message = { zh: '这个时刻还没有到', en: 'this instant lies ahead' };
    throw new Problem(commonProblems.invalidRequest, { errors: [{ pointer: 'at', message }] });
  }
}
