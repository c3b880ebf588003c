import type { PayloadOf } from '@ddp/contracts/event';
import { type redemptionHeld, redemptionReserved } from '@ddp/contracts/rewards/events';
import { type Delivery, handleAllOnce } from '@ddp/queue-kit/inbox';
import { appendEventRows, outgoing } from '@ddp/queue-kit/outbox';
import type { RewardsDeps } from '../deps.ts';
import { resumeSeconds } from '../domain/deadlines.ts';
import { groupBy } from '../domain/group-by.ts';
import { insertEffects } from '../store/effects.ts';
import { reserveGoods } from '../store/goods.ts';
import { lockRedemptions, moveRedemptions } from '../store/redemptions.ts';
import { failRedemptions } from './fail-redemptions.ts';
import { mustHold } from './must-hold.ts';
import { requestIdsOf } from './request-ids.ts';
import { fundingOfAll } from './tell-funding.ts';

/**
 * Sets a piece of the stock and its part of the budget aside for each, those that were asked for
 * first before the others; where there is none left, a redemption fails and gives all back.
 */
export async function reserveStock(
  deps: RewardsDeps,
  deliveries: readonly Delivery<PayloadOf<typeof redemptionHeld>>[],
): Promise<void> {
  const { store } = deps;
  await handleAllOnce(store, deliveries, async (tx, fresh) => {
    const requestIds = requestIdsOf(fresh);
    const locked = await lockRedemptions(tx, [...requestIds.keys()]);
    const held = locked.filter(({ state }) => state === 'held');
    if (held.length === 0) return;
    const plan = await reserveGoods(tx, held);
    const asked = held.map((redemption) => {
      const { merchantId = null, failure = null } = plan.get(redemption.id) ?? {};
      return { redemption, merchantId, failure, requestId: requestIds.get(redemption.id) ?? '' };
    });
    const failing = asked.flatMap(({ failure, ...one }) =>
      failure === null ? [] : [{ ...one, failure }],
    );
    await failRedemptions(deps, tx, 'held', failing);
    const granted = asked.flatMap(({ merchantId, ...one }) =>
      merchantId === null ? [] : [{ ...one, merchantId }],
    );
    for (const [merchantId, ones] of groupBy(granted, (one) => one.merchantId)) {
      const ids = ones.map(({ redemption }) => redemption.id);
      const move = { from: 'held', to: 'reserved', nextSeconds: resumeSeconds } as const;
      const isMoved = await moveRedemptions(tx, store.clock, ids, { ...move, merchantId });
      mustHold(isMoved, 'they were held');
      await insertEffects(tx, store.clock, ids, 'reserved');
    }
    const reserved = granted.map(({ redemption, requestId }) => ({
      ...outgoing(redemptionReserved, { redemptionId: redemption.id }),
      requestId,
    }));
    const changed = granted.map(({ redemption }) => redemption.benefitId);
    const requestId = granted[0]?.requestId ?? '';
    const funding = (await fundingOfAll(tx, changed)).map((one) => ({ ...one, requestId }));
    await appendEventRows(tx, store, [...reserved, ...funding]);
  });
}
