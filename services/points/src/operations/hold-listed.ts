import type { PayloadOf } from '@ddp/contracts/event';
import type { ratingsCleared, ratingsListed } from '@ddp/contracts/ratings/events';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { PointsDeps } from '../deps.ts';
import { postponeMaturity, restoreMaturity } from '../store/award-course.ts';

/**
 * Points of ratings that somebody is to look at wait until then, by a deadline that comes also where
 * nobody looks. What can be spent already stays so.
 */
export async function holdListed(
  { store }: PointsDeps,
  delivery: Delivery<PayloadOf<typeof ratingsListed>>,
): Promise<void> {
  const { programmeId, ratingIds, until } = delivery.payload;
  await handleOnce(store, delivery, (tx) =>
    postponeMaturity(tx, { programmeId, rule: 'rating', sourceIds: ratingIds }, new Date(until)),
  );
}

/** They were looked at: their points wait as long as any others. */
export async function releaseCleared(
  { store }: PointsDeps,
  delivery: Delivery<PayloadOf<typeof ratingsCleared>>,
): Promise<void> {
  const { programmeId, ratingIds } = delivery.payload;
  await handleOnce(store, delivery, (tx) =>
    restoreMaturity(tx, { programmeId, rule: 'rating', sourceIds: ratingIds }),
  );
}
