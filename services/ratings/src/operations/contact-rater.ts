import type { contactRater as route } from '@ddp/contracts/ratings/follow-up-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RatingsDeps } from '../deps.ts';
import { requireOwner, takeFollowUpStep } from './take-follow-up-step.ts';

/** The owner writes down that, and how, the rater was spoken to; also later times are kept. */
export function contactRater(
  deps: RatingsDeps,
  caller: Caller,
  { params, body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const command = { name: 'contact-rater', id: params.id, input: body };
  return takeFollowUpStep(deps, caller, command, async (followUp, { officer, now }) => {
    requireOwner(followUp, officer);
    const contactedAt = followUp.contactedAt ?? now;
    return {
      followUp: { ...followUp, state: 'contacted', contactedAt },
      step: { step: 'contacted', code: body.way, words: body.words },
    };
  });
}
