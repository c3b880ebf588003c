import { newId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import { transact } from '@ddp/db-kit/transact';
import { appendEvents, type OutgoingEvent } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { decideOrderMove } from '../domain/order.ts';
import { changeOrder, listDueOrders, lockOrder, type StoredOrder } from '../store/orders.ts';
import { endService } from './serve-order.ts';
import { orderNotice } from './step-order.ts';

type Tx = Transaction<VolunteeringDatabase>;

const batchSize = 200;

/** Ends what nobody took, came to or confirmed in time; a forgotten finish counts as planned. */
export async function passOrders(deps: VolunteeringDeps): Promise<void> {
  const { store, log } = deps;
  const due = await listDueOrders(store.db, store.clock, batchSize);
  for (const orderId of due) {
    const pass = (tx: Tx) => passOrder(deps, tx, orderId);
    await transact(store.db, pass, { isRepeatable: true }).catch((error: unknown) => {
      log.error({ err: error, orderId }, 'an order could not be brought on');
    });
  }
  if (due.length > 0) store.onCommit();
}

async function passOrder({ store }: VolunteeringDeps, tx: Tx, id: string): Promise<void> {
  const order = await lockOrder(tx, id);
  const now = await readNow(tx, store.clock);
  if (!order?.dueAt || order.dueAt > now) return;
  const state = decideOrderMove(order.state, 'pass');
  if (state === null) return;
  const requestId = `pass-${newId()}`;
  if (state === 'finished') {
    const service = { finishedAt: now, minutes: order.plannedMinutes, requestId };
    await endService({ store }, tx, order, service);
    return;
  }
  await changeOrder(tx, store.clock, order, { state, dueAt: null });
  await appendEvents(tx, store, noticesOf(order), requestId);
}

/** By the state in which it stood. */
function noticesOf({ state, title: item, personId, volunteerId }: StoredOrder): OutgoingEvent[] {
  if (state === 'placed') return [orderNotice(personId, 'order-expired', { item })];
  if (state === 'finished') {
    return volunteerId === null ? [] : [orderNotice(volunteerId, 'order-unconfirmed', { item })];
  }
  const parties = [personId, ...(volunteerId ? [volunteerId] : [])];
  return parties.map((one) => orderNotice(one, 'order-missed', { item }));
}
