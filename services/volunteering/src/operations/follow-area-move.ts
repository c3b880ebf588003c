import type { areaMoved } from '@ddp/contracts/directory/events';
import type { PayloadOf } from '@ddp/contracts/event';
import { rewriteAreaPaths } from '@ddp/db-kit/area-paths';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { VolunteeringDeps } from '../deps.ts';

const following = [
  'volunteering_volunteer',
  'volunteering_team',
  'volunteering_activity',
  'volunteering_menu_item',
  'volunteering_order',
  'volunteering_star',
  'volunteering_certificate',
  'volunteering_review',
  'volunteering_project',
];

/** What is to be decided or asked about goes along with its area; hours keep the area they had. */
export async function followAreaMove(
  { store }: VolunteeringDeps,
  delivery: Delivery<PayloadOf<typeof areaMoved>>,
): Promise<void> {
  for (const table of following) await rewriteAreaPaths(store.db, table, delivery.payload);
  // The rewriting repeats without harm; what is done once is to say that it was followed.
  await handleOnce(store, delivery, async () => {});
}
