import type { areaMoved } from '@ddp/contracts/directory/events';
import type { PayloadOf } from '@ddp/contracts/event';
import { rewriteAreaPaths } from '@ddp/db-kit/area-paths';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { RatingsDeps } from '../deps.ts';

/**
 * Follow-ups go along with their area, so that its officers still act on them; ratings and histories
 * keep the area they had.
 */
export async function followAreaMove(
  { store }: RatingsDeps,
  delivery: Delivery<PayloadOf<typeof areaMoved>>,
): Promise<void> {
  await rewriteAreaPaths(store.db, 'ratings_follow_up', delivery.payload);
  await rewriteAreaPaths(store.db, 'ratings_follow_up', delivery.payload, 'desk_path');
  // The rewriting repeats without harm; what is done once is to say that it was followed.
  await handleOnce(store, delivery, async () => {});
}
