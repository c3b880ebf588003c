import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { Problem } from '@ddp/contracts/problem';
import { ratingRestored } from '@ddp/contracts/ratings/events';
import { ratingsProblems } from '@ddp/contracts/ratings/problems';
import type {
  flagRating as flagRoute,
  liftFlag as liftRoute,
} from '@ddp/contracts/ratings/review-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RatingsDeps } from '../deps.ts';
import { lockBinOf, setBinState } from '../store/bins.ts';
import { moveCount } from '../store/counters.ts';
import { countFlagsOf, liftFlag as lift, listOpenFlags } from '../store/flags.ts';
import { cellOfStored, setRatingState } from '../store/ratings.ts';
import { leaveOutRating } from './leave-out-rating.ts';
import { readOfficerRating } from './read-officer-rating.ts';
import { requireRating } from './require-rating.ts';
import { earnedBy } from './tell-earner.ts';

/** Leaves a rating out of the scores as misuse, with evidence. */
export async function flagRating(
  deps: RatingsDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof flagRoute>,
): Promise<RouteResult<typeof flagRoute>> {
  requirePermission('ratings.review', principal);
  const by = requirePerson(principal);
  const { store } = deps;
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'flag-rating', input };
  await runCommand(store, command, async (tx) => {
    const rating = await requireRating(tx, store, principal, params.id);
    if (rating.view.state !== 'counted') throw new Problem(ratingsProblems.ratingDecided);
    await leaveOutRating(tx, store, rating, { ...body, by });
    await appendAudit(tx, store, {
      ...auditActor(principal),
      ...{ action: 'flag-rating', objectKind: 'rating', objectId: params.id },
      detail: { reason: body.reason },
    });
  });
  return readOfficerRating(store.db, principal, params.id);
}

/** Counts a flagged rating again, by another officer than flagged it. */
export async function liftFlag(
  deps: RatingsDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof liftRoute>,
): Promise<RouteResult<typeof liftRoute>> {
  requirePermission('ratings.review', principal);
  const by = requirePerson(principal);
  const { store } = deps;
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'lift-flag', input };
  await runCommand(store, command, async (tx) => {
    const rating = await requireRating(tx, store, principal, params.id);
    const flag = (await listOpenFlags(tx, [params.id])).get(params.id);
    if (!flag) throw new Problem(ratingsProblems.ratingDecided);
    // What an appeal decided is not undone by one officer.
    if (flag.view.reason === 'appeal-upheld') throw new Problem(ratingsProblems.ratingDecided);
    if (flag.flaggedBy === by.personId) throw new Problem(ratingsProblems.ownFlag);
    await lift(tx, store.clock, flag.id, body.words, by);
    await setRatingState(tx, params.id, 'counted');
    await moveCount(tx, cellOfStored(rating), rating.view.level, 1);
    // Flags of the same group come one after the other.
    await lockBinOf(tx, rating);
    if (flag.binId && (await countFlagsOf(tx, flag.binId)) === 0) {
      await setBinState(tx, flag.binId, 'told');
    }
    const earned = earnedBy(rating);
    if (earned) {
      const lifted = { flagId: flag.id, liftedBy: by.personId, liftedByRole: by.role };
      const told = outgoing(ratingRestored, { ...earned, ...lifted });
      await appendEvents(tx, store, [told], principal.requestId);
    }
    await appendAudit(tx, store, {
      ...auditActor(principal),
      ...{ action: 'lift-flag', objectKind: 'rating', objectId: params.id },
    });
  });
  return readOfficerRating(store.db, principal, params.id);
}
