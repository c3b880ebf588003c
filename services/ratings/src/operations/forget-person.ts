import type { PayloadOf } from '@ddp/contracts/event';
import type { personErased } from '@ddp/contracts/identity/events';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { RatingsDeps } from '../deps.ts';
import { forgetInFollowUps } from '../store/forgetting.ts';
import { forgetStaff, forgetWordsAbout } from '../store/forgetting-words.ts';
import { deletePhotosOf } from '../store/photos.ts';
import { forgetRater } from '../store/ratings.ts';

/** The person left: their ratings stay in the scores and no longer lead to them; photos go, their files with the next sweep. */
export async function forgetPerson(
  { store }: RatingsDeps,
  delivery: Delivery<PayloadOf<typeof personErased>>,
): Promise<void> {
  const { personId } = delivery.payload;
  await handleOnce(store, delivery, async (tx) => {
    await forgetWordsAbout(tx, personId);
    await forgetStaff(tx, personId);
    await forgetInFollowUps(tx, personId);
    await forgetRater(tx, personId);
    await deletePhotosOf(tx, personId);
  });
}
