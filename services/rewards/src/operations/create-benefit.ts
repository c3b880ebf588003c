import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { Problem } from '@ddp/contracts/problem';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type { createBenefit as route } from '@ddp/contracts/rewards/routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RewardsDeps } from '../deps.ts';
import { nearestProgramme } from '../domain/nearest-programme.ts';
import { insertBenefit } from '../store/benefits.ts';
import { findMerchant } from '../store/merchants.ts';
import { listProgrammes } from '../store/programmes.ts';
import { refuseForbidden } from './refuse-forbidden.ts';

/** Drafts a benefit of a merchant, in the programme that is in force over the shop today. */
export async function createBenefit(
  { store }: RewardsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('rewards.manage', principal);
  const { areaPaths } = requirePerson(principal);
  refuseForbidden(body);
  const command = { actor: actorOf(principal), key, name: 'create-benefit', input: body };
  return runCommand(store, command, async (tx) => {
    const merchant = await findMerchant(tx, body.merchantId, areaPaths);
    if (!merchant) throw new Problem(rewardsProblems.unknownMerchant);
    const programme = nearestProgramme(merchant.areaPath, await listProgrammes(tx));
    const { stock, ...fields } = body;
    const benefit = {
      ...fields,
      id: newId(),
      available: stock,
      merchantName: merchant.name,
      areaPath: merchant.areaPath,
      state: 'draft' as const,
    };
    const programmeId = programme?.id ?? merchant.programmeId;
    await insertBenefit(tx, store.clock, { ...benefit, programmeId });
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'create-benefit',
      objectKind: 'benefit',
      objectId: benefit.id,
      detail: { pricePoints: benefit.pricePoints, stock, payer: benefit.payer },
    });
    return benefit;
  });
}
