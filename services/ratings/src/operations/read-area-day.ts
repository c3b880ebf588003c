import { requireArea, requirePermission } from '@ddp/auth/authorize';
import type { readAreaDay as route } from '@ddp/contracts/ratings/area-day-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type { Caller } from '@ddp/service-kit/bind-route';
import { resolveArea } from '@ddp/service-kit/resolve-area';
import type { RatingsDeps } from '../deps.ts';
import { countOpenFollowUps, countRatingsOn } from '../store/area-day.ts';
import { readToday } from './read-scores.ts';

/** Fewer might tell of somebody. */
const leastRatings = 5;

/** What came in and what is open in an area today, as the desk and the wall show it. */
export async function readAreaDay(
  deps: RatingsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('follow-ups.read', principal);
  const areaPath = await resolveArea(deps, query.areaCode, principal.requestId);
  requireArea(principal, areaPath);
  const { db } = deps.store;
  const on = await readToday(deps);
  const ratings = await countRatingsOn(db, [areaPath], on);
  const { open, overdue } = await countOpenFollowUps(db, [areaPath]);
  return {
    ...{ areaCode: query.areaCode, on },
    ratings: ratings > 0 && ratings < leastRatings ? null : ratings,
    ...{ openFollowUps: open, overdueFollowUps: overdue },
  };
}
