import type { ServiceStore } from '@ddp/db-kit/command';
import { binaryToId, idToBinary, newId } from '@ddp/db-kit/ids';
import { runStatement } from '@ddp/db-kit/transact';
import { CompiledQuery, type Kysely } from 'kysely';
import { outboxOf } from './outbox.ts';
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
  const published = await Promise.allSettled(
    [...consumers].map(async ([consumer, events]) => {
      await options.publish(consumer, events);
      return events;
    }),
  );
  await markPublished(
    store,
    published.flatMap((one) => (one.status === 'fulfilled' ? one.value : [])),
  );
  const failure = published.find((one) => one.status === 'rejected');
  if (failure) throw failure.reason;
  return rows.length;
}

/** By one statement, in the order of the key. */
async function markPublished<DB>(
  store: ServiceStore<DB>,
  events: readonly RelayedEvent[],
): Promise<void> {
  if (events.length === 0) return;
  const pairs = events.map(({ id, consumer }) => `${id} ${consumer}`).sort();
  const keys = pairs.flatMap((pair) => {
    const [id = '', consumer = ''] = pair.split(' ');
    return [idToBinary(id), consumer];
  });
  const same = Array(pairs.length).fill('(id = ? AND consumer = ?)').join(' OR ');
  const { pending, published } = outboxState;
  const mark = CompiledQuery.raw(
    `UPDATE ${outboxOf(store)} SET state = ${published}, published_at = UTC_TIMESTAMP(3),
      lease_token = NULL, lease_until = NULL WHERE state = ${pending} AND (${same})`,
    keys,
  );
  await runStatement(store.db, (db) => db.executeQuery(mark));
}

/**
 * Looks without locks first and then claims by primary key in its order, as the marking of what is
 * done does, so that they seldom wait for each other in a ring.
 */
async function claimRows<DB>(options: RelayOptions<DB>): Promise<ClaimedRow[]> {
  const { store, leaseMs, batchSize } = options;
  const outbox = outboxOf(store);
  const isFree = `state = ${outboxState.pending}
    AND (lease_until IS NULL OR lease_until < UTC_TIMESTAMP(3))`;
  const find = `SELECT id FROM ${outbox} WHERE ${isFree} ORDER BY available_at LIMIT ?`;
  const free = await run<DB, { id: Buffer }>(store.db, find, [batchSize]);
  if (free.length === 0) return [];
  const ids = free.map((row) => row.id).sort(Buffer.compare);
  const token = idToBinary(newId());
  const claim = CompiledQuery.raw(
    `UPDATE ${outbox} SET lease_token = ?,
      lease_until = UTC_TIMESTAMP(3) + INTERVAL ? MICROSECOND
      WHERE id IN (${Array(ids.length).fill('?').join()}) AND ${isFree}`,
    [token, leaseMs * 1000, ...ids],
  );
  await runStatement(store.db, (db) => db.executeQuery(claim));
  const read = `SELECT id, consumer, event_name, payload, request_id, generation FROM ${outbox}
    WHERE lease_token = ? AND state = ${outboxState.pending} ORDER BY id`;
  return run<DB, ClaimedRow>(store.db, read, [token]);
}

async function run<DB, Row>(
  db: Kysely<DB>,
  text: string,
  values: (number | Buffer)[],
): Promise<Row[]> {
  return (await db.executeQuery<Row>(CompiledQuery.raw(text, values))).rows;
}
