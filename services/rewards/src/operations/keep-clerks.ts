import { actorOf, auditActor } from '@ddp/auth/authorize';
import {
  listOperators,
  removeOperator,
  unbindOperator,
} from '@ddp/contracts/identity/operator-routes';
import { addOperator } from '@ddp/contracts/identity/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type {
  inviteClerk as inviteRoute,
  listClerks as listRoute,
  removeClerk as removeRoute,
  unbindClerk as unbindRoute,
} from '@ddp/contracts/rewards/counter-routes';
import { type Clerk, mostClerks } from '@ddp/contracts/rewards/merchants';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { deriveId, newId } from '@ddp/db-kit/ids';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import * as clerks from '../store/clerks.ts';
import { findShop } from '../store/shops.ts';
import { lockOwnMerchant, type Owner, requireOwner } from './require-own-merchant.ts';

const role = 'merchant-clerk' as const;

/**
 * Lets the person of a phone verify for the own merchant. Identity comes first, as for an owner, so
 * that a repeat meets the same person; who is refused here is taken out there again.
 */
export async function inviteClerk(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof inviteRoute>,
): Promise<RouteResult<typeof inviteRoute>> {
  const owner = requireOwner(principal);
  const { store, caller } = deps;
  const { merchantId, requestId } = owner;
  const { name, phone, shopId } = body;
  const call = { requestId, key: deriveId('invite-clerk', merchantId, key) };
  const operator = { name, phone, merchantId, role };
  const { personId } = await caller.call(addOperator, { body: operator }, call);
  // Name and phone stay out of the hash: identity refuses others under the derived key.
  const command = { actor: actorOf(principal), key, name: 'invite-clerk', input: { shopId } };
  const invite = async (tx: Transaction<RewardsDatabase>): Promise<Clerk> => {
    await lockOwnMerchant(tx, owner);
    if (shopId !== null && (await findShop(tx, shopId, merchantId))?.state !== 'open') {
      throw new Problem(rewardsProblems.unknownShop);
    }
    const clerk = { id: newId(), merchantId, personId, shopId };
    const saved = await clerks.saveClerk(tx, store.clock, clerk);
    if ((await clerks.countActiveClerks(tx, merchantId)) > mostClerks) {
      throw new Problem(rewardsProblems.tooManyClerks);
    }
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'invite-clerk',
      objectKind: 'clerk',
      objectId: saved.id,
    });
    return showClerk(saved);
  };
  return runCommand(store, command, invite).catch(async (error: unknown) => {
    if (error instanceof Problem) await takeOut(deps, owner, { personId, key });
    throw error;
  });
}

/** Takes the right of somebody away whose invitation was refused, unless it stood before. */
async function takeOut(
  { store, caller }: RewardsDeps,
  { merchantId, requestId }: Owner,
  { personId, key }: { personId: string; key: string },
): Promise<void> {
  const known = await clerks.findClerkOf(store.db, merchantId, personId);
  if (known?.state === 'active') return;
  const call = { requestId, key: deriveId('take-clerk-out', merchantId, key) };
  await caller.call(removeOperator, { body: { merchantId, personId, role } }, call);
}

/** Clerks of the own merchant, with whether their phone is bound. */
export async function listClerks(
  { store, caller }: RewardsDeps,
  { principal }: Caller,
): Promise<RouteResult<typeof listRoute>> {
  const { merchantId, requestId } = requireOwner(principal);
  const rows = await clerks.listClerks(store.db, merchantId);
  if (rows.length === 0) return { items: [] };
  const { items } = await caller.call(listOperators, { query: { merchantId } }, { requestId });
  const known = new Map(items.filter((one) => one.role === role).map((one) => [one.personId, one]));
  return { items: rows.map((row) => ({ ...showClerk(row), ...facesOf(known.get(row.personId)) })) };
}

/** Takes a clerk out: the next request of theirs is refused, and what they verified stays. */
export async function removeClerk(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof removeRoute>,
): Promise<RouteResult<typeof removeRoute>> {
  const owner = requireOwner(principal);
  const { store, caller } = deps;
  const { merchantId, requestId } = owner;
  const { personId } = await requireClerk(deps, params.id, merchantId);
  const body = { merchantId, personId, role };
  const call = { requestId, key: deriveId('remove-clerk', params.id, key) };
  await caller.call(removeOperator, { body }, call);
  const command = { actor: actorOf(principal), key, name: 'remove-clerk', input: params };
  return runCommand(store, command, async (tx) => {
    await lockOwnMerchant(tx, owner);
    if (!(await clerks.markClerkRemoved(tx, store.clock, params.id))) {
      throw new Problem(commonProblems.conflict);
    }
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'remove-clerk',
      objectKind: 'clerk',
      objectId: params.id,
    });
    const clerk = await clerks.findClerk(tx, params.id, merchantId);
    if (!clerk) throw new Problem(commonProblems.notFound);
    return showClerk(clerk);
  });
}

/** Lets a clerk bind another phone at the next sign-in; the bound one may verify no more. */
export async function unbindClerk(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof unbindRoute>,
): Promise<RouteResult<typeof unbindRoute>> {
  const owner = requireOwner(principal);
  const { store, caller } = deps;
  const { merchantId, requestId } = owner;
  const clerk = await requireClerk(deps, params.id, merchantId);
  if (clerk.state !== 'active') throw new Problem(commonProblems.conflict);
  const body = { merchantId, personId: clerk.personId, role };
  const call = { requestId, key: deriveId('unbind-clerk', params.id, key) };
  await caller.call(unbindOperator, { body }, call);
  const command = { actor: actorOf(principal), key, name: 'unbind-clerk', input: params };
  return runCommand(store, command, async (tx) => {
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'unbind-clerk',
      objectKind: 'clerk',
      objectId: params.id,
    });
    return showClerk(clerk);
  });
}

async function requireClerk(
  { store }: RewardsDeps,
  id: string,
  merchantId: string,
): Promise<clerks.StoredClerk> {
  const clerk = await clerks.findClerk(store.db, id, merchantId);
  if (!clerk) throw new Problem(commonProblems.notFound);
  return clerk;
}

function showClerk({ id, shopId, state }: clerks.StoredClerk): Clerk {
  return { id, shopId, state, maskedName: null, maskedPhone: null, deviceBoundAt: null };
}

function facesOf(
  known: Pick<Clerk, 'maskedName' | 'maskedPhone' | 'deviceBoundAt'> | undefined,
): Partial<Clerk> {
  if (!known) return {};
  const { maskedName, maskedPhone, deviceBoundAt } = known;
  return { maskedName, maskedPhone, deviceBoundAt };
}
