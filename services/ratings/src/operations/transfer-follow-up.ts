import { civilDateOf } from '@ddp/calendar/civil-date';
import { noticeRequested } from '@ddp/contracts/notices/events';
import { Problem } from '@ddp/contracts/problem';
import type { transferFollowUp as route } from '@ddp/contracts/ratings/follow-up-routes';
import { ratingsProblems } from '@ddp/contracts/ratings/problems';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RatingsDeps } from '../deps.ts';
import { firstDeskOf } from '../domain/desk.ts';
import { deadlineAfter, lastDayOf } from '../domain/follow-up.ts';
import { listReceiversOf } from './list-receivers.ts';
import { requireOwner, takeFollowUpStep } from './take-follow-up-step.ts';

/**
 * The owner hands a follow-up to an officer by name, on the desk of that officer's post. The receiver
 * has the time to accept anew; the time for the fix does not move.
 */
export function transferFollowUp(
  deps: RatingsDeps,
  caller: Caller,
  { params, body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const command = { name: 'transfer-follow-up', id: params.id, input: body };
  return takeFollowUpStep(deps, caller, command, async (followUp, context) => {
    const { tx, officer, now, terms } = context;
    requireOwner(followUp, officer);
    const receivers = await listReceiversOf(tx, followUp, now);
    const receiver = receivers.find(({ personId }) => personId === body.toPersonId);
    if (!receiver || receiver.personId === officer.personId) {
      throw new Problem(ratingsProblems.unknownReceiver);
    }
    const accept = deadlineAfter(now, terms.acceptDays);
    const deskPath = firstDeskOf(receiver.areaPath);
    return {
      followUp: {
        ...followUp,
        state: 'open',
        deskPath,
        ownerId: null,
        receiverId: receiver.personId,
        acceptBy: accept.at,
        isCalendarKnown: followUp.isCalendarKnown && accept.isKnown,
      },
      step: { step: 'transferred', toPersonId: receiver.personId, words: body.reason },
      events: [
        outgoing(noticeRequested, {
          audience: { kind: 'person', personId: receiver.personId },
          template: 'follow-up-transferred',
          params: { until: civilDateOf(lastDayOf(accept.at)) },
        }),
      ],
    };
  });
}
