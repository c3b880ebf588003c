import { requireService } from '@ddp/auth/authorize';
import type { readLedgerHead as route } from '@ddp/contracts/points/routes';
import type { RouteResult } from '@ddp/contracts/route';
import { readHead } from '@ddp/ledger/read-head';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { PointsDeps } from '../deps.ts';
import { requireClient } from './require-client.ts';

/** Where the chain is, for a service that prints it on what it draws from the ledger. */
export async function readLedgerHead(
  { store, ledger }: PointsDeps,
  { principal }: Caller,
): Promise<RouteResult<typeof route>> {
  requireClient(requireService(principal));
  return readHead(store.db, ledger);
}
