import type { areaMoved } from '@ddp/contracts/directory/events';
import type { PayloadOf } from '@ddp/contracts/event';
import { rewriteAreaPaths } from '@ddp/db-kit/area-paths';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { RewardsDeps } from '../deps.ts';

const following = [
  'rewards_merchant',
  'rewards_shop',
  'rewards_benefit',
  'rewards_budget',
  'rewards_top_up',
  'rewards_assistance',
  'rewards_line_consent',
];

/** Merchants, benefits and budgets go along with their area; what was redeemed keeps the area it had. */
export async function followAreaMove(
  { store }: RewardsDeps,
  delivery: Delivery<PayloadOf<typeof areaMoved>>,
): Promise<void> {
  for (const table of following) {
    await rewriteAreaPaths(store.db, table, delivery.payload);
  }
  // The rewriting repeats without harm; what is done once is to say that it was followed.
  await handleOnce(store, delivery, async () => {});
}
