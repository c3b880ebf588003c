import { noticeRequested } from '@ddp/contracts/notices/events';
import { type OutgoingEvent, outgoing } from '@ddp/queue-kit/outbox';
import { reasonOf } from '../domain/failure-text.ts';
import { isLive, noticeOfRelease, type ReleasedState } from '../domain/redemption-state.ts';
import type { StoredRedemption } from '../store/redemptions.ts';

/** What the owner of a redemption is told of its end. `failure` is the slug of the reason. */
export function releaseTold(
  { personId, state, pricePoints }: StoredRedemption,
  { benefit, to, failure }: { benefit: string; to: ReleasedState; failure?: string | undefined },
): OutgoingEvent {
  if (!isLive(state)) throw new Error(`a redemption that is ${state} cannot be released`);
  return outgoing(noticeRequested, {
    audience: { kind: 'person', personId },
    template: noticeOfRelease(state, to),
    params: { benefit, points: pricePoints, reason: reasonOf(failure) },
  });
}
