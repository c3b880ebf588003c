import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { isStaffRole } from '@ddp/auth/permission-table';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type {
  approveTopUp as approveRoute,
  listTopUps as listRoute,
  refuseTopUp as refuseRoute,
  requestTopUp as requestRoute,
  listStock as stockRoute,
} from '@ddp/contracts/rewards/counter-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { appendEvents } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Kysely } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { hasApprovedText } from '../domain/benefit-state.ts';
import { addStock, findBenefit } from '../store/benefits.ts';
import { lockMerchant } from '../store/merchants.ts';
import * as shares from '../store/shares.ts';
import * as topUps from '../store/top-ups.ts';
import { requireOperator } from './check-code.ts';
import { lockOwnMerchant, requireOwner } from './require-own-merchant.ts';
import { fundingOf } from './tell-funding.ts';

type Shown = RouteResult<typeof requestRoute>;

/** The stock of the own merchant, benefit by benefit. */
export async function listStock(
  { store }: RewardsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof stockRoute>,
): Promise<RouteResult<typeof stockRoute>> {
  const { merchantId } = requireOperator(principal);
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit };
  const rows = await shares.listStock(store.db, merchantId, page);
  return toPage(
    rows,
    query.limit,
    (row) => row,
    ({ benefitId }) => benefitId,
  );
}

/** Asks for more pieces of a benefit of the own merchant; one request at a time. */
export async function requestTopUp(
  { store }: RewardsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof requestRoute>,
): Promise<Shown> {
  const owner = requireOwner(principal);
  const command = { actor: actorOf(principal), key, name: 'request-top-up', input: body };
  return runCommand(store, command, async (tx) => {
    const { id: merchantId } = await lockOwnMerchant(tx, owner);
    const benefit = await findBenefit(tx, body.benefitId);
    if (!benefit?.shares.some((share) => share.merchantId === merchantId)) {
      throw new Problem(commonProblems.notFound);
    }
    const isOpen = hasApprovedText(benefit.state);
    if (!isOpen || (await topUps.hasOpenTopUp(tx, merchantId, benefit.id))) {
      throw new Problem(commonProblems.conflict);
    }
    const { areaPath } = benefit;
    const topUp = { id: newId(), merchantId, areaPath, requestedBy: owner.personId, ...body };
    await topUps.insertTopUp(tx, store.clock, topUp);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'request-top-up',
      objectKind: 'top-up',
      objectId: topUp.id,
      detail: { benefitId: benefit.id, pieces: body.pieces },
    });
    return readShown(tx, topUp.id);
  });
}

/** A merchant's own requests, or those of an officer's area. */
export async function listTopUps(
  { store }: RewardsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  requirePermission('signed-in', principal);
  const { role, areaPaths: scope, merchantId } = requirePerson(principal);
  const of = isStaffRole(role) ? { scope } : merchantId === null ? null : { merchantId };
  if (of === null) return { items: [], nextCursor: null };
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit };
  const rows = await topUps.listTopUps(store.db, of, query.state, page);
  return toPage(
    rows,
    query.limit,
    (row) => row,
    ({ id }) => id,
  );
}

/** Puts the pieces that were asked for on the merchant's shelf. */
export function approveTopUp(
  deps: RewardsDeps,
  caller: Caller,
  { params }: RouteRequest<typeof approveRoute>,
): Promise<Shown> {
  return decideTopUp(deps, caller, params.id, { state: 'approved', reason: null });
}

export function refuseTopUp(
  deps: RewardsDeps,
  caller: Caller,
  { params, body }: RouteRequest<typeof refuseRoute>,
): Promise<Shown> {
  return decideTopUp(deps, caller, params.id, { state: 'refused', reason: body.reason });
}

async function decideTopUp(
  { store }: RewardsDeps,
  { principal, key }: Caller,
  id: string,
  decision: { state: 'approved' | 'refused'; reason: string | null },
): Promise<Shown> {
  requirePermission('rewards.manage', principal);
  const { areaPaths, personId: decidedBy, requestId } = requirePerson(principal);
  const name = decision.state === 'approved' ? 'approve-top-up' : 'refuse-top-up';
  const command = { actor: actorOf(principal), key, name, input: { id, ...decision } };
  return runCommand(store, command, async (tx) => {
    const topUp = await topUps.findTopUp(tx, id, areaPaths);
    if (!topUp) throw new Problem(commonProblems.notFound);
    const { benefitId, merchantId, pieces } = topUp;
    await lockMerchant(tx, merchantId);
    if (!(await topUps.decideTopUp(tx, store.clock, id, { ...decision, decidedBy }))) {
      throw new Problem(commonProblems.conflict);
    }
    if (decision.state === 'approved') {
      const hasShare = await shares.addToShare(tx, benefitId, { merchantId, stock: pieces });
      if (!hasShare || !(await addStock(tx, benefitId, pieces))) {
        throw new Problem(commonProblems.conflict);
      }
      await appendEvents(tx, store, [await fundingOf(tx, benefitId)], requestId);
    }
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: name,
      objectKind: 'top-up',
      objectId: id,
      detail: { benefitId, pieces, ...(decision.reason ? { reason: decision.reason } : {}) },
    });
    return readShown(tx, id);
  });
}

async function readShown(db: Kysely<RewardsDatabase>, id: string): Promise<Shown> {
  const topUp = await topUps.findTopUp(db, id);
  if (!topUp) throw new Error('the request just written is not there');
  return topUp;
}
