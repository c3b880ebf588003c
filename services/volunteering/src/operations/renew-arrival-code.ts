import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type {
  renewAssistedCode as assistedRoute,
  renewArrivalCode as route,
} from '@ddp/contracts/volunteering/order-routes';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { lockOrder, renewCode, type StoredOrder } from '../store/orders.ts';
import { readOrder, showOwnOrder, showStaffOrder } from './show-order.ts';
import { assists, ordered } from './step-order.ts';

/** Another code to show, with new tries; the last one ends. */
export async function renewArrivalCode(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('resident', principal);
  const person = requirePerson(principal);
  const command = { actor: actorOf(principal), key, name: 'renew-arrival-code', input: params };
  return runCommand(deps.store, command, async (tx) => {
    await renew(tx, params.id, ordered(person));
    return showOwnOrder(deps, await readOrder(tx, params.id));
  });
}

export async function renewAssistedCode(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof assistedRoute>,
): Promise<RouteResult<typeof assistedRoute>> {
  requirePermission('volunteering.assist', principal);
  const staff = requirePerson(principal);
  const { store } = deps;
  const command = { actor: actorOf(principal), key, name: 'renew-assisted-code', input: params };
  return runCommand(store, command, async (tx) => {
    await renew(tx, params.id, assists(staff));
    const entry = { action: 'renew-assisted-code', objectKind: 'order', objectId: params.id };
    await appendAudit(tx, store, { ...auditActor(principal), ...entry });
    return showStaffOrder(deps, await readOrder(tx, params.id));
  });
}

async function renew(
  tx: Transaction<VolunteeringDatabase>,
  id: string,
  isParty: (order: StoredOrder) => boolean,
): Promise<void> {
  const order = await lockOrder(tx, id);
  if (!order || !isParty(order)) throw new Problem(commonProblems.notFound);
  if (order.state !== 'taken') throw new Problem(commonProblems.conflict);
  await renewCode(tx, id);
}
