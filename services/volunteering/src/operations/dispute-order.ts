import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { noticeRequested } from '@ddp/contracts/notices/events';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type {
  decideOrder as decideRoute,
  objectToOrder as route,
} from '@ddp/contracts/volunteering/order-routes';
import { volunteeringProblems } from '@ddp/contracts/volunteering/problems';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { VolunteeringDeps } from '../deps.ts';
import { changeOrder, type StoredOrder } from '../store/orders.ts';
import { hasAssisted } from '../store/people.ts';
import { countOrder } from './count-order.ts';
import { readOrder, showOwnOrder, showStaffOrder } from './show-order.ts';
import { lockForStep, ordered, orderNotice } from './step-order.ts';

/** It was not as it is told: an officer decides what counts. */
export async function objectToOrder(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('resident', principal);
  const person = requirePerson(principal);
  const { store } = deps;
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'object-to-order', input };
  return runCommand(store, command, async (tx) => {
    const { order, state } = await lockForStep(tx, params.id, 'object', ordered(person));
    const change = { state, objection: body.reason, dueAt: null };
    await changeOrder(tx, store.clock, order, change);
    const told = outgoing(noticeRequested, {
      audience: { kind: 'role', role: 'community-officer', areaPath: order.areaPath },
      template: 'order-disputed',
      params: { item: order.title },
    });
    await appendEvents(tx, store, [told], person.requestId);
    return showOwnOrder(deps, await readOrder(tx, order.id));
  });
}

/** By an officer of where the person lives who had no part in it; no more than was measured. */
export async function decideOrder(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof decideRoute>,
): Promise<RouteResult<typeof decideRoute>> {
  requirePermission('volunteering.manage', principal);
  const { personId, areaPaths, requestId } = requirePerson(principal);
  const { store } = deps;
  const { minutes, reason } = body;
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'decide-order', input };
  return runCommand(store, command, async (tx) => {
    const isInArea = ({ areaPath }: StoredOrder) =>
      areaPaths.some((path) => areaPath.startsWith(path));
    const move = minutes === 0 ? 'refuse' : 'decide';
    const { order, state } = await lockForStep(tx, params.id, move, isInArea);
    const isParty = personId === order.personId || personId === order.volunteerId;
    if (isParty || (await hasAssisted(tx, order.id, personId))) {
      throw new Problem(volunteeringProblems.ownActivity);
    }
    if (minutes > (order.minutes ?? 0)) throw new Problem(volunteeringProblems.minutesUnfit);
    const change = { state, minutes, decision: reason, decidedBy: personId, dueAt: null };
    await changeOrder(tx, store.clock, order, change);
    if (minutes > 0) await countOrder(deps, tx, order, minutes, { personId, requestId });
    await appendAudit(tx, store, {
      ...auditActor(principal),
      ...{ action: 'decide-order', objectKind: 'order', objectId: order.id },
      detail: { before: order.minutes, minutes, reason },
    });
    const parties = [order.personId, ...(order.volunteerId ? [order.volunteerId] : [])];
    const told = parties.map((one) =>
      orderNotice(one, 'order-decided', { item: order.title, minutes }),
    );
    await appendEvents(tx, store, told, requestId);
    return showStaffOrder(deps, await readOrder(tx, order.id));
  });
}
