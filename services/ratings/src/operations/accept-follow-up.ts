import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { acceptFollowUp as route } from '@ddp/contracts/ratings/follow-up-routes';
import { ratingsProblems } from '@ddp/contracts/ratings/problems';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RatingsDeps } from '../deps.ts';
import { acceptedState } from '../domain/follow-up.ts';
import { requireRunning, takeFollowUpStep } from './take-follow-up-step.ts';

/**
 * An officer takes a follow-up on, or over from one who is away. What was sent to somebody by name
 * waits for them.
 */
export function acceptFollowUp(
  deps: RatingsDeps,
  caller: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const command = { name: 'accept-follow-up', id: params.id, input: null };
  return takeFollowUpStep(deps, caller, command, async (followUp, { officer }) => {
    requireRunning(followUp);
    const { personId } = officer;
    const { ownerId, receiverId, contactedAt } = followUp;
    if (ownerId === personId) throw new Problem(commonProblems.conflict);
    if (receiverId !== null && receiverId !== personId) {
      throw new Problem(ratingsProblems.otherReceiver);
    }
    const state = acceptedState(contactedAt);
    return {
      followUp: { ...followUp, state, ownerId: personId, receiverId: null },
      step: { step: ownerId === null ? 'accepted' : 'taken-over' },
    };
  });
}
