import { CallProblem } from '@ddp/contracts/call';
import type { PayloadOf } from '@ddp/contracts/event';
import { placeHold } from '@ddp/contracts/points/routes';
import { redemptionHeld, type redemptionRequested } from '@ddp/contracts/rewards/events';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { RewardsDeps } from '../deps.ts';
import { holdEnd, resumeSeconds } from '../domain/deadlines.ts';
import { isReleased } from '../domain/redemption-state.ts';
import { insertEffect } from '../store/effects.ts';
import {
  lockRedemption,
  markHoldAsked,
  moveRedemption,
  type StoredRedemption,
} from '../store/redemptions.ts';
import { mustHold } from './must-hold.ts';
import { readStored } from './read-stored.ts';
import { releaseRedemption } from './release-redemption.ts';
import { askToVoid } from './void-hold.ts';

type Requested = Delivery<PayloadOf<typeof redemptionRequested>>;

/** The redemption went on while points were asked. */
class MovedOnError extends Error {
  override name = 'MovedOnError';
}

/**
 * Holds the points of a request. That a hold will be asked for is written down before it is, so
 * that an end that comes in between knows of it; and whoever finds the request ended voids the
 * hold. A crash at any place leaves either a repeat of this job or the job of the release to do so.
 */
export async function holdPoints(deps: RewardsDeps, delivery: Requested): Promise<void> {
  const { store } = deps;
  for (;;) {
    const redemption = await readStored(store.db, delivery.payload.redemptionId);
    if (redemption.state !== 'requested') {
      if (isReleased(redemption.state)) await askToVoid(deps, redemption.id, delivery.requestId);
      await handleOnce(store, delivery, async () => {});
      return;
    }
    if (!(await markHoldAsked(store.db, store.clock, redemption.id))) continue;
    const refusal = await askForHold(deps, redemption, delivery.requestId);
    if (await recordAnswer(deps, delivery, refusal)) return;
  }
}

/** Null when the points are held, else the slug of the refusal. Throws when points cannot answer. */
async function askForHold(
  { caller }: RewardsDeps,
  redemption: StoredRedemption,
  requestId: string,
): Promise<string | null> {
  const { id, programmeId, personId, pricePoints, minimumStanding } = redemption;
  const body = {
    id,
    programmeId,
    personId,
    amountPoints: pricePoints,
    minimumStanding,
    expiresAt: holdEnd(redemption.requestedAt, redemption.validDays).toISOString(),
    reference: `redemption:${id}`,
  };
  try {
    await caller.call(placeHold, { body }, { requestId, onBehalfOf: personId, key: id });
    return null;
  } catch (error) {
    if (error instanceof CallProblem && isRefusal(error)) return error.slug;
    throw error;
  }
}

function isRefusal({ document }: CallProblem): boolean {
  return (document.status === 409 || document.status === 422) && document.retryable !== true;
}

/** False when the redemption was not waiting for this answer any more; nothing is written then. */
async function recordAnswer(
  deps: RewardsDeps,
  delivery: Requested,
  refusal: string | null,
): Promise<boolean> {
  const { store } = deps;
  const { requestId, payload } = delivery;
  try {
    await handleOnce(store, delivery, async (tx) => {
      const redemption = await lockRedemption(tx, payload.redemptionId);
      if (redemption?.state !== 'requested') throw new MovedOnError();
      const { id } = redemption;
      if (refusal !== null) {
        const release = { to: 'failed' as const, failure: refusal, requestId };
        await releaseRedemption(deps, tx, redemption, release);
        return;
      }
      const move = { id, from: 'requested', to: 'held', nextSeconds: resumeSeconds } as const;
      mustHold(await moveRedemption(tx, store.clock, move), 'it was requested');
      await insertEffect(tx, store.clock, id, 'held');
      await appendEvents(tx, store, [outgoing(redemptionHeld, { redemptionId: id })], requestId);
    });
    return true;
  } catch (error) {
    if (error instanceof MovedOnError) return false;
    throw error;
  }
}
