import type { PayloadOf } from '@ddp/contracts/event';
import type { ratingWithdrawn } from '@ddp/contracts/ratings/events';
import type { StoredRating } from '../store/ratings.ts';

/** What points is told of a rating that it was told as submitted; null for any other. */
export function earnedBy(rating: StoredRating): PayloadOf<typeof ratingWithdrawn> | null {
  const { view, programmeId, personId } = rating;
  if (!view.isVerified || view.kind === 'again' || !programmeId || !personId) return null;
  return { ratingId: view.id, programmeId, personId };
}
