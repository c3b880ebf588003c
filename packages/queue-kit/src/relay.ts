import type { ServiceStore } from '@ddp/db-kit/command';
import { binaryToId, idToBinary, newId } from '@ddp/db-kit/ids';
import { machineNow } from '@ddp/db-kit/time';
import { transact } from '@ddp/db-kit/transact';
import { sql } from 'kysely';
import { outboxState } from './queue-tables.ts';

export interface RelayedEvent {
  id: string;
  consumer: string;
  eventName: string;
  payload: unknown;
  requestId: string;
  generation: number;
}

export interface RelayOptions<DB> {
  store: ServiceStore<DB>;
  /** Adds one consumer's events to its queue; throws when the transport is away. */
  publish: (consumer: string, events: RelayedEvent[]) => Promise<void>;
  pollMs: number;
  leaseMs: number;
  batchSize: number;
  onError: (error: unknown) => void;
}

export interface Relay {
  wake(): void;
  stop(): Promise<void>;
}

interface ClaimedRow {
  id: Buffer;
  consumer: string;
  event_name: string;
  payload: string;
  request_id: string;
  generation: number;
}

/**
 * Moves committed events from the outbox to the queues. Rows are claimed under a lease, so several
 * relays share one outbox, and a killed one blocks its rows only until the lease ends.
 */
export function startRelay<DB>(options: RelayOptions<DB>): Relay {
  let isStopped = false;
  let isWoken = false;
  let wakeUp: (() => void) | undefined;

  async function work(): Promise<void> {
    while (!isStopped) {
      isWoken = false;
      const moved = await relayBatch(options).catch((error: unknown) => {
        options.onError(error);
        return 0;
      });
      if (moved < options.batchSize && !isWoken && !isStopped) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, options.pollMs);
          wakeUp = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    }
  }

  const running = work();
  return {
    wake() {
      isWoken = true;
      wakeUp?.();
    },
    async stop() {
      isStopped = true;
      wakeUp?.();
      await running;
    },
  };
}

/** Claims one batch, publishes it and marks it published; returns how many rows were claimed. */
export async function relayBatch<DB>(options: RelayOptions<DB>): Promise<number> {
  const { store } = options;
  const rows = await claimRows(options);
  const consumers = new Map<string, RelayedEvent[]>();
  for (const row of rows) {
    const events = consumers.get(row.consumer) ?? [];
    events.push({
      id: binaryToId(row.id),
      consumer: row.consumer,
      eventName: row.event_name,
      payload: JSON.parse(row.payload),
      requestId: row.request_id,
      generation: row.generation,
    });
    consumers.set(row.consumer, events);
  }
  for (const [consumer, events] of consumers) {
    await options.publish(consumer, events);
    const ids = events.map((event) => sql`${idToBinary(event.id)}`);
    const mark = sql`UPDATE ${sql.table(`${store.prefix}_outbox`)}
      SET state = ${outboxState.published}, published_at = ${machineNow},
        lease_token = NULL, lease_until = NULL
      WHERE id IN (${sql.join(ids)}) AND consumer = ${consumer}
        AND state = ${outboxState.pending}`;
    await transact(store.db, (tx) => mark.execute(tx), { isRepeatable: true });
  }
  return rows.length;
}

/**
 * Looks without locks first and then claims by primary key in its order, as the marking of what is
 * done does, so that they seldom wait for each other in a ring.
 */
async function claimRows<DB>(options: RelayOptions<DB>): Promise<ClaimedRow[]> {
  const { store, leaseMs, batchSize } = options;
  const outbox = sql.table(`${store.prefix}_outbox`);
  const isFree = sql`state = ${outboxState.pending}
    AND (lease_until IS NULL OR lease_until < ${machineNow})`;
  const free = await sql<{ id: Buffer }>`SELECT id FROM ${outbox} WHERE ${isFree}
    ORDER BY available_at LIMIT ${batchSize}`.execute(store.db);
  if (free.rows.length === 0) return [];
  const ids = free.rows.map((row) => row.id).sort(Buffer.compare);
  const token = idToBinary(newId());
  const claim = sql`UPDATE ${outbox} SET lease_token = ${token},
      lease_until = ${machineNow} + INTERVAL ${leaseMs * 1000} MICROSECOND
    WHERE id IN (${sql.join(ids)}) AND ${isFree}`;
  await transact(store.db, (tx) => claim.execute(tx), { isRepeatable: true });
  const { rows } = await sql<ClaimedRow>`
    SELECT id, consumer, event_name, payload, request_id, generation FROM ${outbox}
    WHERE lease_token = ${token} AND state = ${outboxState.pending}
    ORDER BY id`.execute(store.db);
  return rows;
}
