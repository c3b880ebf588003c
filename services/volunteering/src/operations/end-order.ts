import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { NewConsent } from '@ddp/contracts/consent';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type {
  cancelAssistedOrder as cancelAssistedRoute,
  cancelOrder as cancelRoute,
  confirmAssistedOrder as confirmAssistedRoute,
  confirmOrder as confirmRoute,
} from '@ddp/contracts/volunteering/order-routes';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { appendEvents } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { changeOrder, type StoredOrder } from '../store/orders.ts';
import { insertAssistance } from '../store/people.ts';
import { countOrder } from './count-order.ts';
import { readOrder, showOwnOrder, showStaffOrder } from './show-order.ts';
import { assists, lockForStep, ordered, orderNotice } from './step-order.ts';

type Tx = Transaction<VolunteeringDatabase>;
type End = 'cancel' | 'confirm';
const assistedActs = { cancel: 'order-cancellation', confirm: 'order-confirmation' } as const;

export const cancelOrder = (
  deps: VolunteeringDeps,
  caller: Caller,
  { params }: RouteRequest<typeof cancelRoute>,
): Promise<RouteResult<typeof cancelRoute>> =>
  endOwn(deps, caller, { id: params.id, end: 'cancel' });

/** Both sides have said so: who came, and now who ordered it. */
export const confirmOrder = (
  deps: VolunteeringDeps,
  caller: Caller,
  { params }: RouteRequest<typeof confirmRoute>,
): Promise<RouteResult<typeof confirmRoute>> =>
  endOwn(deps, caller, { id: params.id, end: 'confirm' });

export const cancelAssistedOrder = (
  deps: VolunteeringDeps,
  caller: Caller,
  { params, body }: RouteRequest<typeof cancelAssistedRoute>,
): Promise<RouteResult<typeof cancelAssistedRoute>> =>
  endAssisted(deps, caller, { id: params.id, end: 'cancel', consent: body.consent });

export const confirmAssistedOrder = (
  deps: VolunteeringDeps,
  caller: Caller,
  { params, body }: RouteRequest<typeof confirmAssistedRoute>,
): Promise<RouteResult<typeof confirmAssistedRoute>> =>
  endAssisted(deps, caller, { id: params.id, end: 'confirm', consent: body.consent });

function endOwn(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { id, end }: { id: string; end: End },
): Promise<RouteResult<typeof cancelRoute>> {
  requirePermission('resident', principal);
  const person = requirePerson(principal);
  const command = { actor: actorOf(principal), key, name: `${end}-order`, input: { id } };
  return runCommand(deps.store, command, async (tx) => {
    await endOrder(deps, tx, { id, end, isParty: ordered(person), by: person });
    return showOwnOrder(deps, await readOrder(tx, id));
  });
}

function endAssisted(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { id, end, consent }: { id: string; end: End; consent: NewConsent },
): Promise<RouteResult<typeof cancelAssistedRoute>> {
  requirePermission('volunteering.assist', principal);
  const staff: PersonPrincipal = requirePerson(principal);
  const { store } = deps;
  const name = `${end}-assisted-order`;
  const command = { actor: actorOf(principal), key, name, input: { id, consent } };
  return runCommand(store, command, async (tx) => {
    const { personId } = await endOrder(deps, tx, { id, end, isParty: assists(staff), by: staff });
    const act = { act: assistedActs[end], objectId: id, personId, by: staff, consent };
    await insertAssistance(tx, store.clock, act);
    const entry = { action: name, objectKind: 'order', objectId: id };
    await appendAudit(tx, store, { ...auditActor(principal), ...entry });
    return showStaffOrder(deps, await readOrder(tx, id));
  });
}

interface Ending {
  id: string;
  end: End;
  isParty: (order: StoredOrder) => boolean;
  by: { personId: string; requestId: string };
}

async function endOrder(
  deps: VolunteeringDeps,
  tx: Tx,
  { id, end, isParty, by }: Ending,
): Promise<StoredOrder> {
  const { store } = deps;
  const { order, state } = await lockForStep(tx, id, end, isParty);
  await changeOrder(tx, store.clock, order, { state, dueAt: null });
  if (end === 'confirm') await countOrder(deps, tx, order, order.minutes ?? 0, by);
  if (order.volunteerId === null) return order;
  const { title: item, minutes } = order;
  const told =
    end === 'cancel'
      ? orderNotice(order.volunteerId, 'order-cancelled', { item })
      : orderNotice(order.volunteerId, 'order-confirmed', { item, minutes: minutes ?? 0 });
  await appendEvents(tx, store, [told], by.requestId);
  return order;
}
