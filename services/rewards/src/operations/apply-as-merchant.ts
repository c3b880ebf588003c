import { actorOf, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { applyAsMerchant as route } from '@ddp/contracts/rewards/merchant-routes';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import type { Caller } from '@ddp/service-kit/bind-route';
import { resolveArea } from '@ddp/service-kit/resolve-area';
import type { RewardsDeps } from '../deps.ts';
import { nearestProgramme } from '../domain/nearest-programme.ts';
import { hasLiveApplication, insertMerchant } from '../store/merchants.ts';
import { listProgrammes } from '../store/programmes.ts';
import { lockResident } from '../store/residents.ts';
import { readShownMerchant } from './show-merchant.ts';

/** Applies to take part as a merchant; a person has one application or merchant at a time. */
export async function applyAsMerchant(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('resident', principal);
  const { personId } = requirePerson(principal);
  const { store } = deps;
  const areaPath = await resolveArea(deps, body.areaCode, principal.requestId);
  const programme = nearestProgramme(areaPath, await listProgrammes(store.db));
  if (!programme) throw new Problem(rewardsProblems.noProgramme);
  const command = { actor: actorOf(principal), key, name: 'apply-as-merchant', input: body };
  return runCommand(store, command, async (tx) => {
    if (!(await lockResident(tx, personId))) throw new Problem(commonProblems.notFound);
    if (await hasLiveApplication(tx, personId)) {
      throw new Problem(rewardsProblems.appliedAlready);
    }
    const id = newId();
    const { name, address, business } = body;
    await insertMerchant(tx, store.clock, {
      ...{ id, name, address, areaPath, business, programmeId: programme.id },
      ...{ state: 'applied', applicantId: personId },
    });
    return readShownMerchant(tx, id);
  });
}
