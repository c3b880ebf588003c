import type { PayloadOf } from '@ddp/contracts/event';
import { postHold as postRoute } from '@ddp/contracts/points/routes';
import type { voucherVerified } from '@ddp/contracts/rewards/events';
import { deriveId } from '@ddp/db-kit/ids';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { RewardsDeps } from '../deps.ts';
import { hasEffect, insertEffect } from '../store/effects.ts';
import { lockRedemption, stopDriving } from '../store/redemptions.ts';
import { readStored } from './read-stored.ts';

/**
 * Spends the points of a verified voucher. A refusal contradicts what was agreed with points, so it
 * is kept as a dead letter for an operator and told again, never taken for done.
 */
export async function postHold(
  { store, caller }: RewardsDeps,
  delivery: Delivery<PayloadOf<typeof voucherVerified>>,
): Promise<void> {
  const { requestId } = delivery;
  const { id, state } = await readStored(store.db, delivery.payload.redemptionId);
  const isDue = state === 'verified' && !(await hasEffect(store.db, id, 'posted'));
  if (isDue) {
    const key = deriveId('post-hold', id);
    await caller.call(postRoute, { params: { id } }, { requestId, key });
  }
  await handleOnce(store, delivery, async (tx) => {
    if (!isDue) return;
    await lockRedemption(tx, id);
    if (await hasEffect(tx, id, 'posted')) return;
    await insertEffect(tx, store.clock, id, 'posted');
    await stopDriving(tx, id);
  });
}
