import { noticeRequested } from '@ddp/contracts/notices/events';
import { Problem } from '@ddp/contracts/problem';
import type { resolveFollowUp as route } from '@ddp/contracts/ratings/follow-up-routes';
import { ratingsProblems } from '@ddp/contracts/ratings/problems';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RatingsDeps } from '../deps.ts';
import { deadlineAfter, isContactWanted, isReRatingWanted } from '../domain/follow-up.ts';
import type { FollowUpRow } from '../store/follow-ups.ts';
import { lockRating } from '../store/ratings.ts';
import { leaveOutRating } from './leave-out-rating.ts';
import { grantReRating } from './rate-again.ts';
import { requireOwner, takeFollowUpStep } from './take-follow-up-step.ts';

/** The owner says how it ended. What was put right the rater may rate; everything else is closed. */
export function resolveFollowUp(
  deps: RatingsDeps,
  caller: Caller,
  { params, body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const command = { name: 'resolve-follow-up', id: params.id, input: body };
  return takeFollowUpStep(deps, caller, command, async (followUp, context) => {
    const { tx, officer, now, terms } = context;
    requireOwner(followUp, officer);
    const { outcome, words } = body;
    const passedTo = body.outcome === 'not-ours' ? body.passedTo : null;
    if (isContactWanted(outcome) && followUp.contactedAt === null) {
      throw new Problem(ratingsProblems.contactFirst);
    }
    const reRate = isReRatingWanted(outcome) ? deadlineAfter(now, terms.reRateDays) : null;
    if (reRate !== null) {
      const round = followUp.reopenings;
      const right = { ratingId: followUp.ratingId, round, expiresAt: reRate.at };
      await grantReRating(tx, deps.store.clock, right);
    }
    if (outcome === 'mistaken' || outcome === 'malicious') {
      const rating = await lockRating(tx, followUp.ratingId);
      const why = { reason: outcome, evidence: words, by: officer } as const;
      if (rating?.view.state === 'counted') await leaveOutRating(tx, deps.store, rating, why);
    }
    const ended: FollowUpRow = {
      ...followUp,
      state: reRate === null ? 'closed' : 'resolved',
      resolvedAt: now,
      reRateUntil: reRate?.at ?? null,
      closedAt: reRate === null ? now : null,
      isCalendarKnown: followUp.isCalendarKnown && (reRate?.isKnown ?? true),
      outcome,
      outcomeWords: words,
      passedTo,
    };
    return {
      followUp: ended,
      step: { step: 'resolved', code: outcome, words },
      events: tellRater(ended, outcome),
    };
  });
}

function tellRater({ raterPersonId, state }: FollowUpRow, outcome: string) {
  if (raterPersonId === null) return [];
  return [
    outgoing(noticeRequested, {
      audience: { kind: 'person', personId: raterPersonId },
      template: state === 'resolved' ? 'follow-up-resolved' : 'follow-up-closed',
      params: { outcome },
    }),
  ];
}
