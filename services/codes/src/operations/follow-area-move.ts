import type { areaMoved } from '@ddp/contracts/directory/events';
import type { PayloadOf } from '@ddp/contracts/event';
import { rewriteAreaPaths } from '@ddp/db-kit/area-paths';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { CodesDeps } from '../deps.ts';

/** What staff still work with; codes themselves follow the cards of their subjects. */
const alive = [
  'codes_resident_card',
  'codes_place_code',
  'codes_batch',
  'codes_print',
  'codes_report',
] as const;

/** Cards, places, prints and reports go along with their area, so that its staff still find them. */
export async function followAreaMove(
  { store }: CodesDeps,
  delivery: Delivery<PayloadOf<typeof areaMoved>>,
): Promise<void> {
  for (const table of alive) await rewriteAreaPaths(store.db, table, delivery.payload);
  // The rewriting repeats without harm; what is done once is to say that it was followed.
  await handleOnce(store, delivery, async () => {});
}
