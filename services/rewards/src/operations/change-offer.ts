import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type {
  publishBenefit as publishRoute,
  withdrawBenefit as withdrawRoute,
} from '@ddp/contracts/rewards/routes';
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

interface Change {
  name: 'publish-benefit' | 'withdraw-benefit';
  from: 'draft' | 'published';
  to: 'published' | 'withdrawn';
}

/** Puts a draft on offer; the words are checked again, since the list of what is forbidden grows. */
export async function publishBenefit(
  deps: RewardsDeps,
  caller: Caller,
  { params }: RouteRequest<typeof publishRoute>,
): Promise<RouteResult<typeof publishRoute>> {
  const change: Change = { name: 'publish-benefit', from: 'draft', to: 'published' };
  return changeOffer(deps, caller, params.id, change);
}

/** Takes a benefit off offer; who asked for it before still gets it. */
export async function withdrawBenefit(
  deps: RewardsDeps,
  caller: Caller,
  { params }: RouteRequest<typeof withdrawRoute>,
): Promise<RouteResult<typeof withdrawRoute>> {
  const change: Change = { name: 'withdraw-benefit', from: 'published', to: 'withdrawn' };
  return changeOffer(deps, caller, params.id, change);
}

async function changeOffer(
  { store }: RewardsDeps,
  { principal, key }: Caller,
  id: string,
  { name, from, to }: Change,
): Promise<RouteResult<typeof publishRoute>> {
  requirePermission('rewards.manage', principal);
  const { areaPaths } = requirePerson(principal);
  const command = { actor: actorOf(principal), key, name, input: { id } };
  return runCommand(store, command, async (tx) => {
    const benefit = await findBenefit(tx, id, areaPaths);
    if (!benefit) throw new Problem(commonProblems.notFound);
    if (to === 'published') refuseForbidden(benefit);
    if (!(await moveBenefit(tx, id, from, to))) throw new Problem(commonProblems.conflict);
    await appendEvents(tx, store, [await fundingOf(tx, id)], principal.requestId);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: name,
      objectKind: 'benefit',
      objectId: id,
    });
    return { ...toPublicBenefit(benefit), state: to };
  });
}
