import type { ServiceStore } from '@ddp/db-kit/command';
import { isDuplicate } from '@ddp/db-kit/errors';
import { idToBinary } from '@ddp/db-kit/ids';
import { machineNow } from '@ddp/db-kit/time';
import { transact } from '@ddp/db-kit/transact';
import { sql, type Transaction } from 'kysely';
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

/** Marks events done for one consumer; marking twice changes nothing. */
export async function markDone<DB>(
  tx: Transaction<DB>,
  store: Pick<ServiceStore<DB>, 'prefix' | 'clock'>,
  consumer: string,
  eventIds: readonly string[],
  state: 'done' | 'dead' = 'done',
): Promise<void> {
  if (eventIds.length === 0) return;
  const ids = [...eventIds].sort().map((id) => sql`${idToBinary(id)}`);
  await sql`UPDATE ${sql.table(`${store.prefix}_outbox`)}
    SET state = ${outboxState[state]}, done_at = ${machineNow}
    WHERE id IN (${sql.join(ids)}) AND consumer = ${consumer}
      AND state <> ${outboxState.done}`.execute(tx);
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
