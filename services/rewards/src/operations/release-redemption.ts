import { redemptionReleased } from '@ddp/contracts/rewards/events';
import { appendEvents, type OutgoingEvent, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { resumeSeconds } from '../domain/deadlines.ts';
import { hasStock, isLive, type ReleasedState } from '../domain/redemption-state.ts';
import { insertEffect } from '../store/effects.ts';
import { moveGoods } from '../store/goods.ts';
import { returnQuota } from '../store/quotas.ts';
import { readSoldTitle } from '../store/redemption-views.ts';
import { moveRedemption, type StoredRedemption } from '../store/redemptions.ts';
import { endVoucher, findReceiver } from '../store/vouchers.ts';
import { giftEnded, lapseOffer } from './end-gift.ts';
import { giveUpPiece } from './give-up-piece.ts';
import { mustHold } from './must-hold.ts';
import { releaseTold } from './release-told.ts';
import { fundingOf } from './tell-funding.ts';

export interface Release {
  to: ReleasedState;
  /** Slug of the reason, where it failed. */
  failure?: string;
  requestId: string;
  /** A person who left, whom nobody tells anything any more. */
  leaverId?: string;
}

/**
 * Ends a live redemption that the caller has locked: voucher, stock, budget and quota go back in this
 * transaction, the points by the event. Whatever does not fit undoes it all.
 */
export async function releaseRedemption(
  { store }: Pick<RewardsDeps, 'store'>,
  tx: Transaction<RewardsDatabase>,
  redemption: StoredRedemption,
  { to, failure, requestId, leaverId }: Release,
): Promise<void> {
  const { id, state, benefitId } = redemption;
  if (!isLive(state)) throw new Error(`a redemption that is ${state} cannot be released`);
  const moved = await moveRedemption(tx, store.clock, {
    id,
    from: state,
    to,
    nextSeconds: resumeSeconds,
    failure: failure ?? null,
    isEnd: true,
  });
  mustHold(moved, 'the locked redemption is in the state that was read');
  if (state === 'issued') {
    const hasEnded = to !== 'failed' && (await endVoucher(tx, id, to));
    mustHold(hasEnded, 'an issued redemption has a voucher that can be ended');
  }
  const events: OutgoingEvent[] = [outgoing(redemptionReleased, { redemptionId: id })];
  const benefit = await readSoldTitle(tx, redemption);
  if (state === 'issued') {
    events.push(...(await lapseOffer({ store }, tx, id)));
    const receiverId = await findReceiver(tx, id);
    if (receiverId !== null && receiverId !== leaverId) {
      events.push(giftEnded(receiverId, benefit, 'lapsed'));
    }
  }
  if (hasStock(state)) {
    const hasMoved = await moveGoods(tx, redemption, 'reserved', 'available');
    mustHold(hasMoved, 'its stock and its part of the budget are reserved');
    events.push(await fundingOf(tx, benefitId));
  } else if (await giveUpPiece(tx, id)) events.push(await fundingOf(tx, benefitId));
  mustHold(await returnQuota(tx, redemption), 'its place of the quota was taken');
  await insertEffect(tx, store.clock, id, 'released');
  if (redemption.personId !== leaverId) {
    events.push(releaseTold(redemption, { benefit, to, failure }));
  }
  await appendEvents(tx, store, events, requestId);
}
