import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { publishBenefit as route } from '@ddp/contracts/rewards/routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { appendEvents } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RewardsDeps } from '../deps.ts';
import { findBenefit, moveBenefit } from '../store/benefits.ts';
import { toPublicBenefit } from './list-benefits.ts';
import { refuseForbidden } from './refuse-forbidden.ts';
import { fundingOf } from './tell-funding.ts';

/** Puts a draft on offer; the words are checked again, since the list of what is forbidden grows. */
export async function publishBenefit(
  { store }: RewardsDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('rewards.manage', principal);
  const { areaPaths } = requirePerson(principal);
  const command = { actor: actorOf(principal), key, name: 'publish-benefit', input: params };
  return runCommand(store, command, async (tx) => {
    const benefit = await findBenefit(tx, params.id, areaPaths);
    if (!benefit) throw new Problem(commonProblems.notFound);
    refuseForbidden(benefit);
    if (!(await moveBenefit(tx, benefit.id, 'draft', 'published'))) {
      throw new Problem(commonProblems.conflict);
    }
    await appendEvents(tx, store, [await fundingOf(tx, benefit.id)], principal.requestId);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'publish-benefit',
      objectKind: 'benefit',
      objectId: benefit.id,
    });
    return { ...toPublicBenefit(benefit), state: 'published' as const };
  });
}
