import type { PersonPrincipal } from '@ddp/contracts/principal';
import type { FlagReason } from '@ddp/contracts/ratings/review-schemas';
import type { ServiceStore } from '@ddp/db-kit/command';
import type { Transaction } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import { lockBinOf, setBinState } from '../store/bins.ts';
import { moveCount } from '../store/counters.ts';
import { insertFlag } from '../store/flags.ts';
import { cellOfStored, type StoredRating, setRatingState } from '../store/ratings.ts';

/**
 * Leaves a locked rating that counts out of the scores. It stays where it is; a group that told of it
 * is not told any more as a whole, so that nobody reads the one out of the difference.
 */
export async function leaveOutRating(
  tx: Transaction<RatingsDatabase>,
  { clock }: Pick<ServiceStore<RatingsDatabase>, 'clock'>,
  rating: StoredRating,
  { by, ...why }: { reason: FlagReason; evidence: string; by: PersonPrincipal },
): Promise<void> {
  const { id, level } = rating.view;
  await setRatingState(tx, id, 'left-out');
  await moveCount(tx, cellOfStored(rating), level, -1);
  const bin = await lockBinOf(tx, rating);
  await insertFlag(tx, clock, { ratingId: id, areaPath: rating.areaPath, ...why, by }, bin);
  if (bin) await setBinState(tx, bin, 'held');
}
