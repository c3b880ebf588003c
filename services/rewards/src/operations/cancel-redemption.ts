import { actorOf, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type { cancelRedemption as route } from '@ddp/contracts/rewards/routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { runCommand } from '@ddp/db-kit/command';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { isLive } from '../domain/redemption-state.ts';
import { lockRedemption } from '../store/redemptions.ts';
import { findReceiver } from '../store/vouchers.ts';
import { showRedemption } from './read-redemption.ts';
import { releaseRedemption } from './release-redemption.ts';

/** Gives a redemption up before it was verified; all that it took goes back. Not what was given away. */
export async function cancelRedemption(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('resident', principal);
  const { personId, requestId } = requirePerson(principal);
  const command = { actor: actorOf(principal), key, name: 'cancel-redemption', input: params };
  return runCommand(deps.store, command, async (tx) => {
    await giveUp(deps, tx, { id: params.id, personId }, requestId);
    return showRedemption(tx, params.id, personId);
  });
}

/** Ends a person's redemption that is live and still theirs. */
export async function giveUp(
  deps: RewardsDeps,
  tx: Transaction<RewardsDatabase>,
  { id, personId }: { id: string; personId: string },
  requestId: string,
): Promise<void> {
  const redemption = await lockRedemption(tx, id);
  if (redemption?.personId !== personId) throw new Problem(commonProblems.notFound);
  if (!isLive(redemption.state)) throw new Problem(rewardsProblems.cannotCancel);
  if (await findReceiver(tx, id)) throw new Problem(rewardsProblems.voucherGiven);
  await releaseRedemption(deps, tx, redemption, { to: 'cancelled', requestId });
}
