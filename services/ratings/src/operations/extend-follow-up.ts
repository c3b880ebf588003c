import { Problem } from '@ddp/contracts/problem';
import type { extendFollowUp as route } from '@ddp/contracts/ratings/follow-up-routes';
import { ratingsProblems } from '@ddp/contracts/ratings/problems';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RatingsDeps } from '../deps.ts';
import { extendedDeadline } from '../domain/follow-up.ts';
import { requireOwner, takeFollowUpStep } from './take-follow-up-step.ts';

/** The owner asks for more time for the fix, once in the life of a follow-up, and says why. */
export function extendFollowUp(
  deps: RatingsDeps,
  caller: Caller,
  { params, body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const command = { name: 'extend-follow-up', id: params.id, input: body };
  return takeFollowUpStep(deps, caller, command, async (followUp, { officer, now, terms }) => {
    requireOwner(followUp, officer);
    if (followUp.extendedAt !== null) throw new Problem(ratingsProblems.extendedAlready);
    const { at, isKnown } = extendedDeadline(followUp.resolveBy, terms.extensionDays);
    const isCalendarKnown = followUp.isCalendarKnown && isKnown;
    return {
      followUp: { ...followUp, resolveBy: at, extendedAt: now, isCalendarKnown },
      step: { step: 'extended', words: body.reason },
    };
  });
}
