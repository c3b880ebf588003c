import { actorOf, auditActor, requireArea, requirePermission } from '@ddp/auth/authorize';
import { addOperator } from '@ddp/contracts/identity/routes';
import { Problem } from '@ddp/contracts/problem';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type { createMerchant as route } from '@ddp/contracts/rewards/routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { deriveId } from '@ddp/db-kit/ids';
import type { Caller } from '@ddp/service-kit/bind-route';
import { resolveArea } from '@ddp/service-kit/resolve-area';
import type { RewardsDeps } from '../deps.ts';
import { nearestProgramme } from '../domain/nearest-programme.ts';
import { insertMerchant } from '../store/merchants.ts';
import { listProgrammes } from '../store/programmes.ts';
import { readShownMerchant } from './show-merchant.ts';

/**
 * Registers a merchant and the owner who signs in for it. The owner comes first, under ids that
 * follow from the request's key: a repeat meets the same owner, and no merchant stands without one.
 */
export async function createMerchant(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('rewards.manage', principal);
  const { store, caller } = deps;
  const { requestId } = principal;
  const actor = actorOf(principal);
  const { ownerName, ownerPhone, ...fields } = body;
  const areaPath = await resolveArea(deps, fields.areaCode, requestId);
  requireArea(principal, areaPath);
  const programme = nearestProgramme(areaPath, await listProgrammes(store.db));
  if (!programme) throw new Problem(rewardsProblems.noProgramme);
  const merchantId = deriveId('merchant', actor, key);
  const owner = { phone: ownerPhone, name: ownerName, role: 'merchant-owner' as const, merchantId };
  await caller.call(
    addOperator,
    { body: owner },
    { requestId, key: deriveId('add-operator', merchantId) },
  );
  // The owner's phone stays out of the hash: identity refuses another one under the derived key.
  const command = { actor, key, name: 'create-merchant', input: fields };
  return runCommand(store, command, async (tx) => {
    const { name, address } = fields;
    await insertMerchant(tx, store.clock, {
      ...{ id: merchantId, name, address, areaPath, programmeId: programme.id },
      ...{ state: 'active', business: '', applicantId: null },
    });
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'create-merchant',
      objectKind: 'merchant',
      objectId: merchantId,
      detail: { areaPath },
    });
    return readShownMerchant(tx, merchantId);
  });
}
