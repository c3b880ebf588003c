import type { PayloadOf } from '@ddp/contracts/event';
import { type redemptionHeld, redemptionReserved } from '@ddp/contracts/rewards/events';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { RewardsDeps } from '../deps.ts';
import { resumeSeconds } from '../domain/deadlines.ts';
import { insertEffect } from '../store/effects.ts';
import { reserveGoods } from '../store/goods.ts';
import { lockRedemption, moveRedemption } from '../store/redemptions.ts';
import { mustHold } from './must-hold.ts';
import { releaseRedemption } from './release-redemption.ts';
import { fundingOf } from './tell-funding.ts';

/**
 * Sets a piece of the stock and its part of the budget aside; where one has none left, the redemption
 * fails and gives all back.
 */
export async function reserveStock(
  deps: RewardsDeps,
  delivery: Delivery<PayloadOf<typeof redemptionHeld>>,
): Promise<void> {
  const { store } = deps;
  const { requestId, payload } = delivery;
  await handleOnce(store, delivery, async (tx) => {
    const redemption = await lockRedemption(tx, payload.redemptionId);
    if (redemption?.state !== 'held') return;
    const { id, benefitId } = redemption;
    const { merchantId, failure } = await reserveGoods(tx, redemption);
    if (failure !== null) {
      const release = { to: 'failed' as const, failure, requestId };
      await releaseRedemption(deps, tx, redemption, release);
      return;
    }
    const step = { from: 'held', to: 'reserved', nextSeconds: resumeSeconds } as const;
    const move = { id, merchantId, ...step };
    mustHold(await moveRedemption(tx, store.clock, move), 'it was held');
    await insertEffect(tx, store.clock, id, 'reserved');
    const reserved = outgoing(redemptionReserved, { redemptionId: id });
    await appendEvents(tx, store, [reserved, await fundingOf(tx, benefitId)], requestId);
  });
}
