import type { PayloadOf } from '@ddp/contracts/event';
import type { personErased } from '@ddp/contracts/identity/events';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { RatingsDeps } from '../deps.ts';
import { deletePhotosOf } from '../store/photos.ts';
import { forgetRater } from '../store/ratings.ts';

/** The person left: their ratings stay in the scores and no longer lead to them; photos go, their files with the next sweep. */
export async function forgetPerson(
  { store }: RatingsDeps,
  delivery: Delivery<PayloadOf<typeof personErased>>,
): Promise<void> {
  await handleOnce(store, delivery, async (tx) => {
    await forgetRater(tx, delivery.payload.personId);
    await deletePhotosOf(tx, delivery.payload.personId);
  });
}
