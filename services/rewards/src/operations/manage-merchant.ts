import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type {
  setCeiling as ceilingRoute,
  pauseMerchant as pauseRoute,
  resumeMerchant as resumeRoute,
} from '@ddp/contracts/rewards/merchant-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { everywhere } from '@ddp/db-kit/scope';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { changeMerchant, lockMerchant, type StoredMerchant } from '../store/merchants.ts';
import { readShownMerchant } from './show-merchant.ts';

type Shown = RouteResult<typeof pauseRoute>;

/** A paused merchant takes no new redemptions; vouchers that are out are honoured there. */
export async function pauseMerchant(
  { store }: RewardsDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof pauseRoute>,
): Promise<Shown> {
  requirePermission('merchants.pause', principal);
  const person = requirePerson(principal);
  const { id } = params;
  const input = { id, ...body };
  const command = { actor: actorOf(principal), key, name: 'pause-merchant', input };
  return runCommand(store, command, async (tx) => {
    const merchant = await lockOwnOrInArea(tx, id, person);
    if (merchant.state !== 'active') throw new Problem(commonProblems.conflict);
    const { reason } = body;
    await changeMerchant(tx, id, { state: 'paused', reason, pausedBy: sideOf(person) });
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'pause-merchant',
      objectKind: 'merchant',
      objectId: id,
      detail: { reason },
    });
    return readShownMerchant(tx, id);
  });
}

/** Ends a pause; what an officer paused, an officer resumes. */
export async function resumeMerchant(
  { store }: RewardsDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof resumeRoute>,
): Promise<Shown> {
  requirePermission('merchants.pause', principal);
  const person = requirePerson(principal);
  const { id } = params;
  const command = { actor: actorOf(principal), key, name: 'resume-merchant', input: params };
  return runCommand(store, command, async (tx) => {
    const merchant = await lockOwnOrInArea(tx, id, person);
    const isAllowed = sideOf(person) === 'officer' || merchant.pausedBy === 'owner';
    if (merchant.state !== 'paused' || !isAllowed) throw new Problem(commonProblems.conflict);
    await changeMerchant(tx, id, { state: 'active', reason: null, pausedBy: null });
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'resume-merchant',
      objectKind: 'merchant',
      objectId: id,
    });
    return readShownMerchant(tx, id);
  });
}

/** Sets what the vouchers of a merchant may be worth in a month; the settlement holds to it. */
export async function setCeiling(
  { store }: RewardsDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof ceilingRoute>,
): Promise<Shown> {
  requirePermission('rewards.manage', principal);
  const { areaPaths } = requirePerson(principal);
  const { id } = params;
  const input = { id, ...body };
  const command = { actor: actorOf(principal), key, name: 'set-merchant-ceiling', input };
  return runCommand(store, command, async (tx) => {
    const merchant = await lockMerchant(tx, id, areaPaths);
    if (!merchant) throw new Problem(commonProblems.notFound);
    await changeMerchant(tx, id, { monthlyCeilingCents: body.monthlyCents });
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'set-merchant-ceiling',
      objectKind: 'merchant',
      objectId: id,
      detail: { monthlyCents: body.monthlyCents, before: merchant.monthlyCeilingCents },
    });
    return readShownMerchant(tx, id);
  });
}

const sideOf = ({ role }: PersonPrincipal) =>
  role === 'merchant-owner' ? ('owner' as const) : ('officer' as const);

/** The owner's own merchant, or one of the officer's area. Throws 404 for another as for none. */
async function lockOwnOrInArea(
  tx: Transaction<RewardsDatabase>,
  id: string,
  person: PersonPrincipal,
): Promise<StoredMerchant> {
  const isOwner = sideOf(person) === 'owner';
  const isForeign = isOwner && person.merchantId !== id;
  const scope = isOwner ? everywhere : person.areaPaths;
  const merchant = isForeign ? null : await lockMerchant(tx, id, scope);
  if (!merchant) throw new Problem(commonProblems.notFound);
  return merchant;
}
