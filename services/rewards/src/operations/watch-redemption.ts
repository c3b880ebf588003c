import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { watchRedemption as route } from '@ddp/contracts/rewards/routes';
import type { RouteRequest } from '@ddp/contracts/route';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RewardsDeps } from '../deps.ts';
import { showProgress } from './read-redemption.ts';

/** The person's own redemption as it moves on. */
export async function watchRedemption(
  { store, redemptionWatch }: RewardsDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  requirePermission('resident', principal);
  const { personId } = requirePerson(principal);
  return redemptionWatch.open(await showProgress(store.db, params.id, personId), personId);
}
