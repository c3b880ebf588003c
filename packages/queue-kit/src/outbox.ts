import type { EventDefinition, PayloadOf } from '@ddp/contracts/event';
import { consumersOf } from '@ddp/contracts/subscriptions';
import { idToBinary, newId } from '@ddp/db-kit/ids';
import { followCommit } from '@ddp/db-kit/transact';
import { CompiledQuery, type Transaction } from 'kysely';
import type { HandOver } from './hand-over.ts';
import { outboxState } from './queue-tables.ts';

export interface OutboxStore {
  prefix: string;
  /** The relay of this process, which has committed events from memory; absent where none is. */
  handOver?: HandOver | undefined;
}

export interface OutgoingEvent<E extends EventDefinition = EventDefinition> {
  event: E;
  payload: PayloadOf<E>;
}

/** Pairs an event with its payload, so that a wrong payload does not compile. */
export function outgoing<E extends EventDefinition>(
  event: E,
  payload: PayloadOf<E>,
): OutgoingEvent<E> {
  return { event, payload };
}

/** The outbox of a service, for statements that are put together as text. */
export function outboxOf({ prefix }: OutboxStore): string {
  if (!/^[a-z]{1,32}$/.test(prefix)) throw new RangeError('not a table prefix');
  return `${prefix}_outbox`;
}

/**
 * Writes events into the caller's transaction, one row for each service that consumes them; they
 * leave after the commit. Payloads are checked against their schema: a wrong one rolls back. Rows that
 * the relay of this process gets from memory are its own for a while, so that no other looks at them.
 */
export async function appendEvents<DB>(
  tx: Transaction<DB>,
  store: OutboxStore,
  events: readonly OutgoingEvent[],
  requestId: string,
): Promise<void> {
  await appendEventRows(
    tx,
    store,
    events.map((event) => ({ ...event, requestId })),
  );
}

/** The same for events that follow from different requests. */
export async function appendEventRows<DB>(
  tx: Transaction<DB>,
  store: OutboxStore,
  events: readonly (OutgoingEvent & { requestId: string })[],
): Promise<void> {
  const rows = events.flatMap(({ event, payload: given, requestId }) => {
    const payload = event.payload.parse(given);
    const one = { id: newId(), eventName: event.name, payload, requestId, generation: 0 };
    return consumersOf(event.name).map((consumer) => ({ ...one, consumer }));
  });
  if (rows.length === 0) return;
  const { handOver } = store;
  const isHanded = handOver?.hasRoom() === true && followCommit(tx, () => handOver.take(rows));
  const lease = isHanded
    ? `UTC_TIMESTAMP(3) + INTERVAL ${handOver.leaseMs * 1_000} MICROSECOND`
    : 'NULL';
  const group = `(?, ?, ?, ?, ?, ${outboxState.pending}, 0, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), ${lease})`;
  // Put together as text: a statement of many rows would cost more to build than to run.
  const text = `INSERT INTO ${outboxOf(store)}
    (id, consumer, event_name, payload, request_id, state, generation, available_at, created_at,
      lease_until)
    VALUES ${Array(rows.length).fill(group).join()}`;
  const values = rows.flatMap(({ id, consumer, eventName, payload, requestId }) => [
    ...[idToBinary(id), consumer, eventName, JSON.stringify(payload), requestId],
  ]);
  await tx.executeQuery(CompiledQuery.raw(text, values));
}
