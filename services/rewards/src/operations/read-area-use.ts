import { requireArea, requirePermission } from '@ddp/auth/authorize';
import { civilDateOf, monthOf, parseCivilDate, startOf } from '@ddp/calendar/civil-date';
import type { readAreaUse as route } from '@ddp/contracts/rewards/area-use-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import { resolveArea } from '@ddp/service-kit/resolve-area';
import type { RewardsDeps } from '../deps.ts';
import { countUses } from '../store/area-uses.ts';

/** Fewer might tell of somebody. */
const leastUses = 5;

const veil = (uses: number): number | null => (uses > 0 && uses < leastUses ? null : uses);

/** How many vouchers were used in an area today and this month. */
export async function readAreaUse(
  deps: RewardsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('rewards.read', principal);
  const areaPath = await resolveArea(deps, query.areaCode, principal.requestId);
  requireArea(principal, areaPath);
  const { db, clock } = deps.store;
  const on = civilDateOf(await readNow(db, clock));
  const month = startOf(parseCivilDate(`${monthOf(on)}-01`));
  const uses = await countUses(db, [areaPath], { month, day: startOf(on) });
  return {
    ...{ areaCode: query.areaCode, on },
    ...{ today: veil(uses.today), thisMonth: veil(uses.thisMonth) },
  };
}
