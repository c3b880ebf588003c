import { actorOf, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type {
  acceptWaitingOffer as acceptRoute,
  leaveWaitingList as leaveRoute,
} from '@ddp/contracts/rewards/waiting-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { runCommand } from '@ddp/db-kit/command';
import { appendEvents } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { findBenefit } from '../store/benefits.ts';
import { returnPieces } from '../store/goods.ts';
import { bindPiece, listFreePieces } from '../store/pieces.ts';
import { lockResident } from '../store/residents.ts';
import { lockPlace, markEnded, markTaken, type StoredPlace } from '../store/waiting-places.ts';
import { readShownPlace } from './join-waiting-list.ts';
import { mustHold } from './must-hold.ts';
import { showRedemption } from './read-redemption.ts';
import { takeRequest } from './request-redemption.ts';
import { fundingOf } from './tell-funding.ts';

type Tx = Transaction<RewardsDatabase>;

/** Redeems the piece that is set aside for the person. */
export async function acceptWaitingOffer(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof acceptRoute>,
): Promise<RouteResult<typeof acceptRoute>> {
  requirePermission('resident', principal);
  const { personId, requestId } = requirePerson(principal);
  const command = { actor: actorOf(principal), key, name: 'accept-waiting-offer', input: params };
  return runCommand(deps.store, command, async (tx) => {
    const id = await redeemPlace(deps, tx, { id: params.id, personId }, requestId);
    return showRedemption(tx, id, personId);
  });
}

/**
 * Makes a redemption of an offered place, which takes over the piece that is set aside for it; its
 * id. A refusal undoes all, so that the piece stays set aside until the offer is over.
 */
export async function redeemPlace(
  deps: RewardsDeps,
  tx: Tx,
  { id, personId }: { id: string; personId: string },
  requestId: string,
): Promise<string> {
  if (!(await lockResident(tx, personId))) throw new Problem(commonProblems.notFound);
  const place = await lockPlace(tx, id);
  if (place?.personId !== personId) throw new Problem(commonProblems.notFound);
  const { programmeId, benefitId, state } = place;
  if (state !== 'offered') throw new Problem(rewardsProblems.offerOver);
  const [piece] = await listFreePieces(tx, id);
  if (!piece) throw new Error('an offered place has no piece set aside');
  const { merchantId } = piece;
  const benefit = await findBenefit(tx, benefitId);
  const share = benefit?.shares.find((one) => one.merchantId === merchantId);
  if (share?.merchantState !== 'active') throw new Problem(rewardsProblems.merchantPaused);
  const asked = { programmeId, personId, benefitId, merchantId, isSetAside: true };
  const redemptionId = await takeRequest(deps, tx, asked, requestId);
  if (!(await markTaken(tx, deps.store.clock, { id, redemptionId }))) {
    throw new Problem(rewardsProblems.offerOver);
  }
  mustHold(await bindPiece(tx, piece.id, redemptionId), 'the piece was free');
  return redemptionId;
}

/** Leaves a line, or declines what is offered, which goes to the next. */
export async function leaveWaitingList(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof leaveRoute>,
): Promise<RouteResult<typeof leaveRoute>> {
  requirePermission('resident', principal);
  const { personId, requestId } = requirePerson(principal);
  const command = { actor: actorOf(principal), key, name: 'leave-waiting-list', input: params };
  return runCommand(deps.store, command, async (tx) => {
    await leaveLine(deps, tx, { id: params.id, personId }, requestId);
    return readShownPlace(tx, params.id);
  });
}

export async function leaveLine(
  deps: RewardsDeps,
  tx: Tx,
  { id, personId }: { id: string; personId: string },
  requestId: string,
): Promise<void> {
  const place = await lockPlace(tx, id);
  if (place?.personId !== personId) throw new Problem(commonProblems.notFound);
  if (!(await endPlace(deps, tx, place, 'withdrawn', requestId))) {
    throw new Problem(rewardsProblems.offerOver);
  }
}

/** Ends a locked place and gives back what is set aside for it; false when it had ended. */
export async function endPlace(
  { store }: Pick<RewardsDeps, 'store'>,
  tx: Tx,
  { id, benefitId, state: before }: StoredPlace,
  state: 'withdrawn' | 'lapsed' | 'ended',
  requestId: string,
): Promise<boolean> {
  if (!(await markEnded(tx, store.clock, { id, state }))) return false;
  if (before !== 'offered') return true;
  const [piece] = await listFreePieces(tx, id);
  const isBack = piece !== undefined && (await returnPieces(tx, [piece]));
  mustHold(isBack, 'an offered place has a piece that is set aside');
  await appendEvents(tx, store, [await fundingOf(tx, benefitId)], requestId);
  return true;
}
