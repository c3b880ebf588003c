import type { ServiceStore } from '@ddp/db-kit/command';
import { isDuplicate } from '@ddp/db-kit/errors';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { machineNow } from '@ddp/db-kit/time';
import { transact } from '@ddp/db-kit/transact';
import { CompiledQuery, type Kysely, sql, type Transaction } from 'kysely';
import { outboxOf } from './outbox.ts';
import { outboxState } from './queue-tables.ts';

/** An event as it reached a consumer; it may come again. */
export interface Delivery<P = unknown> {
  eventId: string;
  eventName: string;
  producer: string;
  payload: P;
  requestId: string;
}

/**
 * Runs the effect of a delivery once: the inbox row is the transaction's first write, so a second
 * delivery changes nothing. Returns whether this one was the first. An event of the service's own
 * is marked done in the same transaction.
 */
export async function handleOnce<DB>(
  store: ServiceStore<DB>,
  delivery: Delivery,
  body: (tx: Transaction<DB>) => Promise<void>,
): Promise<boolean> {
  const run = async (tx: Transaction<DB>): Promise<boolean> => {
    const claimed = await claimDelivery(tx, store, delivery);
    if (claimed) await body(tx);
    if (delivery.producer === store.prefix) {
      await markDone(tx, store, store.prefix, [delivery.eventId]);
    }
    return claimed;
  };
  const isFirst = await transact(store.db, run, { isRepeatable: true });
  store.onCommit();
  return isFirst;
}

/**
 * The same for deliveries of one event that came together, in one transaction: `body` gets those
 * that come for the first time, in their order.
 */
export async function handleAllOnce<DB, P>(
  store: ServiceStore<DB>,
  deliveries: readonly Delivery<P>[],
  body: (tx: Transaction<DB>, fresh: Delivery<P>[]) => Promise<void>,
): Promise<void> {
  const distinct = [...new Map(deliveries.map((one) => [one.eventId, one])).values()];
  const own = distinct.filter(({ producer }) => producer === store.prefix);
  const ownIds = own.map(({ eventId }) => eventId);
  const run = async (tx: Transaction<DB>): Promise<void> => {
    const fresh = await claimDeliveries(tx, store, distinct);
    if (fresh.length > 0) await body(tx, fresh);
    await markDone(tx, store, store.prefix, ownIds);
  };
  await transact(store.db, run, { isRepeatable: true });
  store.onCommit();
}

/** Marks events done for one consumer; marking twice changes nothing. */
export async function markDone<DB>(
  db: Kysely<DB>,
  store: Pick<ServiceStore<DB>, 'prefix'>,
  consumer: string,
  eventIds: readonly string[],
  state: 'done' | 'dead' = 'done',
): Promise<void> {
  if (eventIds.length === 0) return;
  const ids = [...eventIds].sort().map(idToBinary);
  const text = `UPDATE ${outboxOf(store)}
    SET state = ${outboxState[state]}, done_at = UTC_TIMESTAMP(3)
    WHERE id IN (${Array(ids.length).fill('?').join()}) AND consumer = ?
      AND state <> ${outboxState.done}`;
  await db.executeQuery(CompiledQuery.raw(text, [...ids, consumer]));
}

async function claimDelivery<DB>(
  tx: Transaction<DB>,
  store: ServiceStore<DB>,
  delivery: Delivery,
): Promise<boolean> {
  try {
    await sql`INSERT INTO ${sql.table(`${store.prefix}_inbox`)} (event_id, consumer, handled_at)
      VALUES (${idToBinary(delivery.eventId)}, ${delivery.eventName}, ${machineNow})`.execute(tx);
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

/** Claims those that nobody claimed; whoever claims one at the same moment is waited for. */
async function claimDeliveries<DB, P>(
  tx: Transaction<DB>,
  store: ServiceStore<DB>,
  deliveries: readonly Delivery<P>[],
): Promise<Delivery<P>[]> {
  if (!/^[a-z]{1,32}$/.test(store.prefix)) throw new RangeError('not a table prefix');
  const inbox = `${store.prefix}_inbox`;
  let fresh = [...deliveries];
  while (fresh.length > 0) {
    const inOrder = fresh.toSorted((a, b) => (a.eventId < b.eventId ? -1 : 1));
    const groups = Array(fresh.length).fill('(?, ?, UTC_TIMESTAMP(3))').join();
    const claim = CompiledQuery.raw(
      `INSERT INTO ${inbox} (event_id, consumer, handled_at) VALUES ${groups}`,
      inOrder.flatMap(({ eventId, eventName }) => [idToBinary(eventId), eventName]),
    );
    try {
      await tx.executeQuery(claim);
      return fresh;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
    const claimed = await sql<{ event_id: Buffer; consumer: string }>`
      SELECT event_id, consumer FROM ${sql.table(inbox)}
      WHERE event_id IN (${sql.join(fresh.map(({ eventId }) => sql`${idToBinary(eventId)}`))})`.execute(
      tx,
    );
    const known = new Set(claimed.rows.map((row) => `${binaryToId(row.event_id)} ${row.consumer}`));
    fresh = fresh.filter(({ eventId, eventName }) => !known.has(`${eventId} ${eventName}`));
  }
  return [];
}
