import { CallProblem } from '@ddp/contracts/call';
import type { PayloadOf } from '@ddp/contracts/event';
import { pointsProblems } from '@ddp/contracts/points/problems';
import { voidHold as voidRoute } from '@ddp/contracts/points/routes';
import type { redemptionReleased } from '@ddp/contracts/rewards/events';
import { deriveId } from '@ddp/db-kit/ids';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { RewardsDeps } from '../deps.ts';
import { mayHoldArrive } from '../domain/deadlines.ts';
import { isReleased } from '../domain/redemption-state.ts';
import { hasEffect, insertEffect } from '../store/effects.ts';
import { lockRedemption, type StoredRedemption, stopDriving } from '../store/redemptions.ts';
import { readStored } from './read-stored.ts';

/**
 * Gives the points of a released redemption back. Where points know of no hold though one was asked
 * for a moment ago, it may still be on its way: this is told again until it cannot be any more.
 */
export async function voidHold(
  deps: RewardsDeps,
  delivery: Delivery<PayloadOf<typeof redemptionReleased>>,
): Promise<void> {
  const { store } = deps;
  const redemption = await readStored(store.db, delivery.payload.redemptionId);
  const isSettled = await settleHold(deps, redemption, delivery.requestId);
  await handleOnce(store, delivery, async (tx) => {
    if (!isSettled) return;
    const { id } = redemption;
    await lockRedemption(tx, id);
    if (await hasEffect(tx, id, 'voided')) return;
    await insertEffect(tx, store.clock, id, 'voided');
    await stopDriving(tx, id);
  });
}

/** Whether no points are held for the redemption, nor can be later. */
async function settleHold(
  deps: RewardsDeps,
  { id, state, holdAskedAt }: StoredRedemption,
  requestId: string,
): Promise<boolean> {
  if (!isReleased(state)) return false;
  if (holdAskedAt === null) return true;
  const isClosed = await askToVoid(deps, id, requestId);
  return isClosed || !mayHoldArrive(holdAskedAt, deps.clock.now());
}

/** True when the hold is closed, false when there is none. Throws when points cannot answer. */
export async function askToVoid(
  { caller }: RewardsDeps,
  redemptionId: string,
  requestId: string,
): Promise<boolean> {
  try {
    const key = deriveId('void-hold', redemptionId);
    await caller.call(voidRoute, { params: { id: redemptionId } }, { requestId, key });
    return true;
  } catch (error) {
    if (!(error instanceof CallProblem)) throw error;
    if (error.slug === pointsProblems.holdClosed.slug) return true;
    if (error.slug === pointsProblems.holdNotFound.slug) return false;
    throw error;
  }
}
