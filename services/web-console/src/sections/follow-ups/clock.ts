import type { listFollowUps } from '@ddp/contracts/ratings/follow-up-routes';
import type { RouteResult } from '@ddp/contracts/route';

export type FollowUp = RouteResult<typeof listFollowUps>['items'][number];
type ClockName = 'accept' | 'contact' | 'resolve' | 're-rate';

/** The deadline that comes next, by how far a follow-up is; none once it ended. */
export function nextClock(followUp: FollowUp): { name: ClockName; at: string } | null {
  const { state, acceptBy, contactBy, resolveBy, reRateUntil } = followUp;
  if (state === 'open') return { name: 'accept', at: acceptBy };
  if (state === 'accepted') return { name: 'contact', at: contactBy };
  if (state === 'contacted') return { name: 'resolve', at: resolveBy };
  if (state === 'resolved' && reRateUntil) return { name: 're-rate', at: reRateUntil };
  return null;
}
