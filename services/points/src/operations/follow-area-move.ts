import type { areaMoved } from '@ddp/contracts/directory/events';
import type { PayloadOf } from '@ddp/contracts/event';
import { rewriteAreaPaths } from '@ddp/db-kit/area-paths';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { PointsDeps } from '../deps.ts';

/** Those who take part go along with the area they live in; what happened there is not rewritten. */
export async function followAreaMove(
  { store }: PointsDeps,
  delivery: Delivery<PayloadOf<typeof areaMoved>>,
): Promise<void> {
  await rewriteAreaPaths(store.db, 'points_participation', delivery.payload);
  // The rewriting repeats without harm; what is done once is to say that it was followed.
  await handleOnce(store, delivery, async () => {});
}
