import { newId } from '@ddp/db-kit/ids';
import { transact } from '@ddp/db-kit/transact';
import { appendEvents } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { endOffer, findGift, listDueOffers } from '../store/gifts.ts';
import { lockRedemption } from '../store/redemptions.ts';
import { giftEnded } from './end-gift.ts';

const batchSize = 200;

/** Ends offers that nobody answered in time; the voucher was the giver's all along. */
export async function expireGifts(deps: RewardsDeps): Promise<void> {
  const { store, log } = deps;
  const ids = await listDueOffers(store.db, store.clock, batchSize);
  for (const id of ids) {
    await expireOne(deps, id).catch((error: unknown) => {
      log.error({ err: error, giftId: id }, 'an offer could not be ended');
    });
  }
  if (ids.length > 0) store.onCommit();
}

function expireOne({ store }: RewardsDeps, id: string): Promise<void> {
  const run = async (tx: Transaction<RewardsDatabase>) => {
    const gift = await findGift(tx, id);
    if (!gift) return;
    await lockRedemption(tx, gift.redemptionId);
    if (!(await endOffer(tx, store.clock, id, 'expired'))) return;
    const told = giftEnded(gift.giverId, gift.benefitTitle, 'expired');
    await appendEvents(tx, store, [told], `expire-gift-${newId()}`);
  };
  return transact(store.db, run, { isRepeatable: true });
}
