import { appendEvents } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { changeOrder, listOpenOrdersOf, lockOrder } from '../store/orders.ts';
import { orderNotice } from './step-order.ts';

/**
 * What becomes of the open orders of somebody who leaves: what they were to come to is open again,
 * what they ordered is cancelled, and what was served already stays without its confirmation.
 */
export async function dropOrders(
  { store }: Pick<VolunteeringDeps, 'store'>,
  tx: Transaction<VolunteeringDatabase>,
  personId: string,
  requestId: string,
): Promise<void> {
  for (const { id } of await listOpenOrdersOf(tx, personId)) {
    const order = await lockOrder(tx, id);
    if (!order || order.endedAt) continue;
    const { title: item, state, volunteerId, wanted } = order;
    if (state !== 'placed' && state !== 'taken') {
      await changeOrder(tx, store.clock, order, { state: 'unconfirmed', dueAt: null });
    } else if (volunteerId === personId) {
      const open = { volunteerId: null, startsAt: null, endsAt: null, dueAt: wanted.until };
      await changeOrder(tx, store.clock, order, { state: 'placed', ...open });
      const told = orderNotice(order.personId, 'order-given-back', { item });
      await appendEvents(tx, store, [told], requestId);
    } else {
      await changeOrder(tx, store.clock, order, { state: 'cancelled', dueAt: null });
      if (volunteerId === null) continue;
      const told = orderNotice(volunteerId, 'order-cancelled', { item });
      await appendEvents(tx, store, [told], requestId);
    }
  }
}
