import type { PersonPrincipal } from '@ddp/contracts/principal';
import { ratingLeftOut } from '@ddp/contracts/ratings/events';
import type { FlagReason } from '@ddp/contracts/ratings/review-schemas';
import type { ServiceStore } from '@ddp/db-kit/command';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import { lockBinOf, setBinState } from '../store/bins.ts';
import { moveCount } from '../store/counters.ts';
import { insertFlag } from '../store/flags.ts';
import { cellOfStored, type StoredRating, setRatingState } from '../store/ratings.ts';
import { earnedBy } from './tell-earner.ts';

/**
 * Leaves a locked rating that counts out of the scores. It stays where it is; a group that told of it
 * is not told any more as a whole, so that nobody reads the one out of the difference. Points learns
 * of it where it may have earned.
 */
export async function leaveOutRating(
  tx: Transaction<RatingsDatabase>,
  store: ServiceStore<RatingsDatabase>,
  rating: StoredRating,
  { by, ...why }: { reason: FlagReason; evidence: string; by: PersonPrincipal },
): Promise<void> {
  const { id, level } = rating.view;
  await setRatingState(tx, id, 'left-out');
  await moveCount(tx, cellOfStored(rating), level, -1);
  const bin = await lockBinOf(tx, rating);
  const flag = { ratingId: id, areaPath: rating.areaPath, ...why, by };
  const flagId = await insertFlag(tx, store.clock, flag, bin);
  if (bin) await setBinState(tx, bin, 'held');
  const earned = earnedBy(rating);
  if (!earned) return;
  const flagged = { flaggedBy: by.personId, flaggedByRole: by.role, reason: why.reason };
  const told = outgoing(ratingLeftOut, { ...earned, ...flagged, flagId });
  await appendEvents(tx, store, [told], by.requestId);
}
