import {
  actorOf,
  auditActor,
  requireArea,
  requirePermission,
  requirePerson,
} from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type {
  assistOrder as assistRoute,
  placeOrder as route,
} from '@ddp/contracts/volunteering/order-routes';
import { volunteeringProblems } from '@ddp/contracts/volunteering/problems';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { mayBeWanted, mostOpenOrders } from '../domain/order.ts';
import { findMenuItem } from '../store/menu-items.ts';
import { countOpenOrders, insertOrder } from '../store/orders.ts';
import { insertAssistance, lockPerson } from '../store/people.ts';
import { readKnown } from './read-known.ts';
import { readOrder, showOwnOrder, showStaffOrder } from './show-order.ts';

interface Wanted {
  personId: string;
  personName: string;
  areaPath: string;
  programmeId: string | null;
  itemId: string;
  place: string;
  words: string;
  wantedFrom: string;
  wantedUntil: string;
  isAssisted: boolean;
}

/** Orders what a team offers where the caller lives. */
export async function placeOrder(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('resident', principal);
  const { personId, programmeId, requestId } = requirePerson(principal);
  const { maskedName: personName, areaPath } = await readKnown(deps, personId, requestId);
  if (areaPath === null) throw new Problem(commonProblems.conflict);
  const command = { actor: actorOf(principal), key, name: 'place-order', input: body };
  return runCommand(deps.store, command, async (tx) => {
    const who = { personId, personName, areaPath, programmeId, isAssisted: false };
    const id = await writeOrder(deps, tx, { ...body, ...who });
    return showOwnOrder(deps, await readOrder(tx, id));
  });
}

/** Orders for somebody without a phone, by staff of where they live, with the consent that was given. */
export async function assistOrder(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof assistRoute>,
): Promise<RouteResult<typeof assistRoute>> {
  requirePermission('volunteering.assist', principal);
  const staff = requirePerson(principal);
  const { store } = deps;
  const { consent, ...wanted } = body;
  const { personId } = wanted;
  if (personId === staff.personId) throw new Problem(volunteeringProblems.ownConsent);
  const { maskedName: personName, areaPath } = await readKnown(deps, personId, staff.requestId);
  if (areaPath === null) throw new Problem(commonProblems.notFound);
  requireArea(principal, areaPath);
  const command = { actor: actorOf(principal), key, name: 'assist-order', input: body };
  return runCommand(store, command, async (tx) => {
    const who = { personName, areaPath, programmeId: staff.programmeId, isAssisted: true };
    const id = await writeOrder(deps, tx, { ...wanted, ...who });
    const act = { act: 'order', objectId: id, personId, by: staff, consent } as const;
    await insertAssistance(tx, store.clock, act);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      ...{ action: 'assist-order', objectKind: 'order', objectId: id },
      detail: { personId, consent: consent.kind },
    });
    return showStaffOrder(deps, await readOrder(tx, id));
  });
}

async function writeOrder(
  { store }: VolunteeringDeps,
  tx: Transaction<VolunteeringDatabase>,
  { wantedFrom, wantedUntil, ...order }: Wanted,
): Promise<string> {
  if (!(await lockPerson(tx, order.personId))) throw new Problem(commonProblems.notFound);
  const item = await findMenuItem(tx, order.itemId);
  if (item?.programmeId !== order.programmeId) throw new Problem(commonProblems.notFound);
  if (item.state !== 'offered' || !order.areaPath.startsWith(item.areaPath)) {
    throw new Problem(volunteeringProblems.notOffered);
  }
  const wanted = { from: new Date(wantedFrom), until: new Date(wantedUntil) };
  if (!mayBeWanted(wanted, item.minutes, await readNow(tx, store.clock))) {
    throw new Problem(volunteeringProblems.timesUnfit);
  }
  if ((await countOpenOrders(tx, order.personId)) >= mostOpenOrders) {
    throw new Problem(volunteeringProblems.tooManyOrders);
  }
  const { programmeId, teamId } = item;
  const id = newId();
  await insertOrder(tx, store.clock, { ...order, id, programmeId, teamId, wanted });
  return id;
}
