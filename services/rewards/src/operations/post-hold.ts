import type { PayloadOf } from '@ddp/contracts/event';
import { postHold as postRoute } from '@ddp/contracts/points/routes';
import type { voucherVerified } from '@ddp/contracts/rewards/events';
import { deriveId } from '@ddp/db-kit/ids';
import { transact } from '@ddp/db-kit/transact';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { hasEffect, insertEffect } from '../store/effects.ts';
import { lockRedemption, stopDriving } from '../store/redemptions.ts';
import { isUndoOpen } from '../store/verifications.ts';

/**
 * Spends the points of a verified voucher once nobody can undo it any more; told too early, it
 * leaves them held and is told again. A refusal contradicts what was agreed with points, so it is
 * kept as a dead letter for an operator and told again, never taken for done.
 */
export async function postHold(
  deps: RewardsDeps,
  delivery: Delivery<PayloadOf<typeof voucherVerified>>,
): Promise<void> {
  const { store, caller } = deps;
  const { requestId } = delivery;
  const { redemptionId: id } = delivery.payload;
  const isDue = await makeFinal(deps, id);
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

/**
 * Writes down that the verification is final before points are asked, so that no undo comes in
 * between. False where it may still be undone, and where the points are spent already.
 */
function makeFinal({ store }: RewardsDeps, id: string): Promise<boolean> {
  const run = async (tx: Transaction<RewardsDatabase>): Promise<boolean> => {
    const redemption = await lockRedemption(tx, id);
    if (redemption?.state !== 'verified' || (await hasEffect(tx, id, 'posted'))) return false;
    if (await hasEffect(tx, id, 'final')) return true;
    if (await isUndoOpen(tx, store.clock, id)) return false;
    await insertEffect(tx, store.clock, id, 'final');
    return true;
  };
  return transact(store.db, run, { isRepeatable: true });
}
