import { actorOf, requirePerson } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { ratingWithdrawn } from '@ddp/contracts/ratings/events';
import type { withdrawRating as route } from '@ddp/contracts/ratings/own-routes';
import { ratingsProblems } from '@ddp/contracts/ratings/problems';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { runCommand } from '@ddp/db-kit/command';
import { readNow } from '@ddp/db-kit/time';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RatingsDeps } from '../deps.ts';
import { lockBinOf } from '../store/bins.ts';
import { moveCount } from '../store/counters.ts';
import { lockFollowUpOf } from '../store/follow-ups.ts';
import { withdrawableMs } from '../store/pools.ts';
import { cellOfStored, lockRating, setRatingState } from '../store/ratings.ts';
import { closeWithdrawn } from './close-withdrawn.ts';
import { earnedBy } from './tell-earner.ts';

/**
 * Takes a rating back within a day, by whoever gave it: it is kept as withdrawn and counts no more.
 * No group tells of it by then.
 */
export async function withdrawRating(
  { store }: RatingsDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const { personId } = requirePerson(principal);
  const command = { actor: actorOf(principal), key, name: 'withdraw-rating', input: params };
  return runCommand(store, command, async (tx) => {
    const followUp = await lockFollowUpOf(tx, params.id);
    const rating = await lockRating(tx, params.id);
    if (rating?.personId !== personId) throw new Problem(commonProblems.notFound);
    if (rating.view.state !== 'counted') throw new Problem(ratingsProblems.ratingDecided);
    // What the fix was rated has decided how the follow-up went on.
    if (rating.view.kind === 'again') throw new Problem(ratingsProblems.ratingDecided);
    const endsAt = rating.ratedAt.getTime() + withdrawableMs;
    const now = await readNow(tx, store.clock);
    if (endsAt <= now.getTime()) throw new Problem(ratingsProblems.withdrawalOver);
    await setRatingState(tx, params.id, 'withdrawn');
    await moveCount(tx, cellOfStored(rating), rating.view.level, -1);
    // Where it became a day old at this very moment, a group may tell of it already.
    if (await lockBinOf(tx, rating)) throw new Problem(ratingsProblems.withdrawalOver);
    if (followUp) await closeWithdrawn(store, tx, followUp, now);
    const earned = earnedBy(rating);
    if (earned) {
      await appendEvents(tx, store, [outgoing(ratingWithdrawn, earned)], principal.requestId);
    }
    return { ...rating.view, state: 'withdrawn' as const };
  });
}
