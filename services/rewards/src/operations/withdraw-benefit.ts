import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { withdrawBenefit as route } from '@ddp/contracts/rewards/routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { appendEvents } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RewardsDeps } from '../deps.ts';
import { findBenefit, moveBenefit } from '../store/benefits.ts';
import { toPublicBenefit } from './list-benefits.ts';
import { fundingOf } from './tell-funding.ts';

/** Takes a benefit off offer; who asked for it before still gets it. */
export async function withdrawBenefit(
  { store }: RewardsDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('rewards.manage', principal);
  const { areaPaths } = requirePerson(principal);
  const command = { actor: actorOf(principal), key, name: 'withdraw-benefit', input: params };
  return runCommand(store, command, async (tx) => {
    const benefit = await findBenefit(tx, params.id, areaPaths);
    if (!benefit) throw new Problem(commonProblems.notFound);
    if (!(await moveBenefit(tx, benefit.id, 'published', 'withdrawn'))) {
      throw new Problem(commonProblems.conflict);
    }
    await appendEvents(tx, store, [await fundingOf(tx, benefit.id)], principal.requestId);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'withdraw-benefit',
      objectKind: 'benefit',
      objectId: benefit.id,
    });
    return { ...toPublicBenefit(benefit), state: 'withdrawn' as const };
  });
}
