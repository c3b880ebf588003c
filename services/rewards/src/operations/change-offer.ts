import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type {
  approveBenefit as approveRoute,
  pauseBenefit as pauseRoute,
  resumeBenefit as resumeRoute,
  returnBenefit as returnRoute,
  submitBenefit as submitRoute,
} from '@ddp/contracts/rewards/benefit-routes';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type {
  publishBenefit as publishRoute,
  withdrawBenefit as withdrawRoute,
} from '@ddp/contracts/rewards/routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { appendEvents } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { type BenefitAct, isOwnProposal, stateAfter } from '../domain/benefit-state.ts';
import { decideText, insertText } from '../store/benefit-texts.ts';
import {
  isTold,
  lockBenefit,
  moveBenefit,
  type StateChange,
  type StoredBenefit,
} from '../store/benefits.ts';
import { requireBudget } from './draft-terms.ts';
import { refuseForbidden } from './refuse-forbidden.ts';
import { showBenefit } from './show-benefit.ts';
import { fundingOf } from './tell-funding.ts';

type Shown = RouteResult<typeof publishRoute>;

/** Hands a draft to somebody else for approval. */
export function submitBenefit(
  deps: RewardsDeps,
  caller: Caller,
  { params }: RouteRequest<typeof submitRoute>,
): Promise<Shown> {
  return changeOffer(deps, caller, { id: params.id, act: 'submit' });
}

/** Approves what another officer wrote and submitted; its words become their first version. */
export function approveBenefit(
  deps: RewardsDeps,
  caller: Caller,
  { params }: RouteRequest<typeof approveRoute>,
): Promise<Shown> {
  return changeOffer(deps, caller, { id: params.id, act: 'approve' });
}

/** Sends a benefit back to be changed, with the reason. */
export function returnBenefit(
  deps: RewardsDeps,
  caller: Caller,
  { params, body }: RouteRequest<typeof returnRoute>,
): Promise<Shown> {
  return changeOffer(deps, caller, { id: params.id, act: 'return', reason: body.reason });
}

/** Puts an approved benefit on offer, within its window. */
export function publishBenefit(
  deps: RewardsDeps,
  caller: Caller,
  { params }: RouteRequest<typeof publishRoute>,
): Promise<Shown> {
  return changeOffer(deps, caller, { id: params.id, act: 'publish' });
}

/** Takes no new requests for a while; who asked before still gets it. */
export function pauseBenefit(
  deps: RewardsDeps,
  caller: Caller,
  { params }: RouteRequest<typeof pauseRoute>,
): Promise<Shown> {
  return changeOffer(deps, caller, { id: params.id, act: 'pause' });
}

export function resumeBenefit(
  deps: RewardsDeps,
  caller: Caller,
  { params }: RouteRequest<typeof resumeRoute>,
): Promise<Shown> {
  return changeOffer(deps, caller, { id: params.id, act: 'resume' });
}

/** Takes a benefit off offer for good; who asked for it before still gets it. */
export function withdrawBenefit(
  deps: RewardsDeps,
  caller: Caller,
  { params }: RouteRequest<typeof withdrawRoute>,
): Promise<Shown> {
  return changeOffer(deps, caller, { id: params.id, act: 'withdraw' });
}

interface Change {
  id: string;
  act: Exclude<BenefitAct, 'end'>;
  reason?: string;
}

/** The words are checked again on the way, since the list of what is forbidden grows. */
const checksWords: readonly BenefitAct[] = ['submit', 'approve', 'publish', 'resume'];

async function changeOffer(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { id, act, reason }: Change,
): Promise<Shown> {
  requirePermission('rewards.manage', principal);
  const { store } = deps;
  const officer = requirePerson(principal);
  const name = `${act}-benefit`;
  const command = { actor: actorOf(principal), key, name, input: { id, reason } };
  return runCommand(store, command, async (tx) => {
    const benefit = await lockBenefit(tx, id, officer.areaPaths);
    if (!benefit) throw new Problem(commonProblems.notFound);
    const to = stateAfter(act, benefit.state);
    if (to === null) throw new Problem(commonProblems.conflict);
    if (checksWords.includes(act)) refuseForbidden(benefit);
    if (act === 'approve' || act === 'publish') await requireBudget(tx, benefit);
    if (act === 'approve') await approveWords(deps, tx, benefit, officer);
    const change: StateChange = { to, ...authorOf(act, officer), ...refusalOf(act, reason) };
    await moveBenefit(tx, id, change);
    if (isTold(to)) {
      await appendEvents(tx, store, [await fundingOf(tx, id)], principal.requestId);
    }
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: name,
      objectKind: 'benefit',
      objectId: id,
      ...(reason === undefined ? {} : { detail: { reason } }),
    });
    const refusal = change.refusal === undefined ? benefit.refusal : change.refusal;
    return showBenefit({ ...benefit, state: to, refusal });
  });
}

function authorOf(act: Change['act'], { personId }: PersonPrincipal) {
  if (act === 'submit') return { changedBy: personId };
  return act === 'approve' ? { approvedBy: personId } : {};
}

function refusalOf(act: Change['act'], reason: string | undefined) {
  if (act === 'return') return { refusal: reason ?? null };
  return act === 'submit' ? { refusal: null } : {};
}

async function approveWords(
  { store }: RewardsDeps,
  tx: Transaction<RewardsDatabase>,
  benefit: StoredBenefit,
  { personId }: PersonPrincipal,
): Promise<void> {
  const { id, title, description, picture, createdBy, changedBy } = benefit;
  if (isOwnProposal(personId, [createdBy, changedBy])) {
    throw new Problem(rewardsProblems.ownProposal);
  }
  const text = { version: 1, title, description, picture, proposedBy: changedBy };
  await insertText(tx, store.clock, id, text);
  const decision = { text, state: 'approved' as const, decidedBy: personId };
  await decideText(tx, store.clock, id, decision);
}
