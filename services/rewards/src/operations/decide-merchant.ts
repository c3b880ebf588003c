import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { noticeRequested } from '@ddp/contracts/notices/events';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { merchantAdmitted } from '@ddp/contracts/rewards/events';
import type {
  approveMerchant as approveRoute,
  refuseMerchant as refuseRoute,
} from '@ddp/contracts/rewards/merchant-routes';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { appendEvents, type OutgoingEvent, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RewardsDeps } from '../deps.ts';
import { changeMerchant, lockMerchant, type StoredMerchant } from '../store/merchants.ts';
import { readShownMerchant } from './show-merchant.ts';

type Shown = RouteResult<typeof approveRoute>;

/** Admits a merchant; identity makes the applicant its owner by the event. */
export function approveMerchant(
  deps: RewardsDeps,
  caller: Caller,
  { params }: RouteRequest<typeof approveRoute>,
): Promise<Shown> {
  return decideMerchant(deps, caller, params.id, { state: 'active', reason: null });
}

export function refuseMerchant(
  deps: RewardsDeps,
  caller: Caller,
  { params, body }: RouteRequest<typeof refuseRoute>,
): Promise<Shown> {
  return decideMerchant(deps, caller, params.id, { state: 'refused', reason: body.reason });
}

async function decideMerchant(
  { store }: RewardsDeps,
  { principal, key }: Caller,
  id: string,
  decision: { state: 'active' | 'refused'; reason: string | null },
): Promise<Shown> {
  requirePermission('rewards.manage', principal);
  const { areaPaths, personId: decidedBy, requestId } = requirePerson(principal);
  const name = decision.state === 'active' ? 'approve-merchant' : 'refuse-merchant';
  const command = { actor: actorOf(principal), key, name, input: { id, ...decision } };
  return runCommand(store, command, async (tx) => {
    const merchant = await lockMerchant(tx, id, areaPaths);
    if (!merchant) throw new Problem(commonProblems.notFound);
    if (merchant.state !== 'applied') throw new Problem(commonProblems.conflict);
    if (merchant.applicantId === decidedBy) throw new Problem(rewardsProblems.ownProposal);
    await changeMerchant(tx, id, { ...decision, decidedBy });
    await appendEvents(tx, store, eventsOf(merchant, decision), requestId);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: name,
      objectKind: 'merchant',
      objectId: id,
      ...(decision.reason === null ? {} : { detail: { reason: decision.reason } }),
    });
    return readShownMerchant(tx, id);
  });
}

/** Nobody is left to be told, or to own it, where the applicant's data was erased. */
function eventsOf(
  { id, name, applicantId }: StoredMerchant,
  { state }: { state: 'active' | 'refused' },
): OutgoingEvent[] {
  if (applicantId === null) return [];
  const isAdmitted = state === 'active';
  const notice = outgoing(noticeRequested, {
    audience: { kind: 'person', personId: applicantId },
    template: isAdmitted ? 'merchant-admitted' : 'merchant-refused',
    params: { merchant: name },
  });
  if (!isAdmitted) return [notice];
  return [outgoing(merchantAdmitted, { merchantId: id, personId: applicantId }), notice];
}
