import {
  actorOf,
  auditActor,
  requireArea,
  requirePermission,
  requirePerson,
  requireProgramme,
} from '@ddp/auth/authorize';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { AssistedRedemption } from '@ddp/contracts/rewards/assistance';
import type {
  cancelAssistedRedemption as cancelRoute,
  listAssistedRedemptions as listRoute,
  readAssistedRedemption as readRoute,
  assistRedemption as route,
} from '@ddp/contracts/rewards/assistance-routes';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import { readHome } from '@ddp/service-kit/read-home';
import type { Kysely } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import {
  type Assisted,
  findAssisted,
  insertAssistance,
  listAssisted,
} from '../store/assistances.ts';
import { giveUp } from './cancel-redemption.ts';
import { showRedemption } from './read-redemption.ts';
import { takeRequest } from './request-redemption.ts';

/** Staff who act for others in their area. */
export function requireAssistant(principal: Caller['principal']): PersonPrincipal {
  requirePermission('rewards.assist', principal);
  return requirePerson(principal);
}

/**
 * Redeems for somebody without a phone, by staff of where they live, with the consent that was given.
 * It takes the person's own points and quota, and is marked as such.
 */
export async function assistRedemption(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const staff = requireAssistant(principal);
  const { store } = deps;
  const programmeId = requireProgramme(staff);
  const { personId, consent, ...asked } = body;
  if (personId === staff.personId) throw new Problem(rewardsProblems.ownAssistance);
  const areaPath = await readHome(deps, personId, staff.requestId);
  requireArea(principal, areaPath);
  const command = { actor: actorOf(principal), key, name: 'assist-redemption', input: body };
  return runCommand(store, command, async (tx) => {
    const request = { ...asked, programmeId, personId };
    const id = await takeRequest(deps, tx, request, staff.requestId);
    const act = { redemptionId: id, act: 'redemption' as const, areaPath, by: staff, consent };
    await insertAssistance(tx, store.clock, act);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'assist-redemption',
      objectKind: 'redemption',
      objectId: id,
      detail: { personId, consent: consent.kind },
    });
    return showAssisted(tx, await requireAssisted(tx, id, staff));
  });
}

/** What staff of the area redeemed for others. */
export async function listAssistedRedemptions(
  { store }: RewardsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  const { areaPaths } = requireAssistant(principal);
  const { personId, limit } = query;
  const page = { personId, limit, after: decodeCursor(query.cursor, idCursor) };
  const found = await listAssisted(store.db, areaPaths, page);
  const { items, nextCursor } = toPage(
    found,
    limit,
    (one) => one,
    (one) => one.redemptionId,
  );
  const shown: AssistedRedemption[] = [];
  for (const one of items) shown.push(await showAssisted(store.db, one));
  return { items: shown, nextCursor };
}

export async function readAssistedRedemption(
  { store }: RewardsDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof readRoute>,
): Promise<RouteResult<typeof readRoute>> {
  const staff = requireAssistant(principal);
  return showAssisted(store.db, await requireAssisted(store.db, params.id, staff));
}

/** Gives up for somebody what staff redeemed for them; all that it took goes back. */
export async function cancelAssistedRedemption(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof cancelRoute>,
): Promise<RouteResult<typeof cancelRoute>> {
  const staff = requireAssistant(principal);
  const { store } = deps;
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'cancel-assisted-redemption', input };
  return runCommand(store, command, async (tx) => {
    const { redemptionId, areaPath, personId } = await requireAssisted(tx, params.id, staff);
    await giveUp(deps, tx, { id: redemptionId, personId }, staff.requestId);
    const { consent } = body;
    const act = { redemptionId, act: 'cancellation' as const, areaPath, by: staff, consent };
    await insertAssistance(tx, store.clock, act);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'cancel-assisted-redemption',
      objectKind: 'redemption',
      objectId: redemptionId,
      detail: { consent: consent.kind },
    });
    return showAssisted(tx, await requireAssisted(tx, redemptionId, staff));
  });
}

/** What was redeemed for others within the area; another's looks as if it were not there. */
export async function requireAssisted(
  db: Kysely<RewardsDatabase>,
  id: string,
  { areaPaths }: PersonPrincipal,
): Promise<Assisted> {
  const found = await findAssisted(db, id, areaPaths);
  if (!found) throw new Problem(commonProblems.notFound);
  return found;
}

export async function showAssisted(
  db: Kysely<RewardsDatabase>,
  { redemptionId, personId, assistedAt, voucherState, prints }: Assisted,
): Promise<AssistedRedemption> {
  const shown = await showRedemption(db, redemptionId, personId);
  return { ...shown, personId, assistedAt: assistedAt.toISOString(), voucherState, prints };
}
