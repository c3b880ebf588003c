import { requireService } from '@ddp/auth/authorize';
import type { placeHolds as route } from '@ddp/contracts/points/routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { transact } from '@ddp/db-kit/transact';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { PointsDeps } from '../deps.ts';
import { requireHolder } from './require-client.ts';
import { UnforeseenRefusalError, writeHolds } from './write-holds.ts';

/**
 * Holds of several people in one block of the ledger, a verdict for each. Repeats are decided by the
 * holds' own ids. Where one is refused that the others were planned with, each is decided alone.
 */
export async function placeHolds(
  deps: PointsDeps,
  { principal }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requireHolder(requireService(principal));
  const write = (holds: typeof body.holds) =>
    transact(deps.store.db, (tx: Transaction<PointsDatabase>) => writeHolds(deps, tx, holds), {
      isRepeatable: true,
    });
  try {
    return { results: await write(body.holds) };
  } catch (error) {
    if (!(error instanceof UnforeseenRefusalError)) throw error;
  }
  const results = [];
  for (const hold of body.holds) results.push(...(await write([hold])));
  return { results };
}
