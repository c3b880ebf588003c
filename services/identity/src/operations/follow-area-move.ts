import type { areaMoved } from '@ddp/contracts/directory/events';
import type { PayloadOf } from '@ddp/contracts/event';
import { rewriteAreaPaths } from '@ddp/db-kit/area-paths';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { IdentityDeps } from '../deps.ts';

/** Homes of people and screens on walls go along with their area. What is written down of the past stays. */
export async function followAreaMove(
  { store }: IdentityDeps,
  delivery: Delivery<PayloadOf<typeof areaMoved>>,
): Promise<void> {
  await rewriteAreaPaths(store.db, 'identity_person', delivery.payload);
  await rewriteAreaPaths(store.db, 'identity_kiosk', delivery.payload);
  // The rewriting repeats without harm; what is done once is to say that it was followed.
  await handleOnce(store, delivery, async () => {});
}
