import type { ServiceStore } from '@ddp/db-kit/command';
import { binaryToId, idToBinary, newId } from '@ddp/db-kit/ids';
import { runStatement } from '@ddp/db-kit/transact';
import { CompiledQuery, type Kysely } from 'kysely';
import type { HandOver, RelayedEvent } from './hand-over.ts';
import { outboxOf } from './outbox.ts';
import { outboxState } from './queue-tables.ts';

export interface RelayOptions<DB> {
  store: ServiceStore<DB>;
  /** Adds one consumer's events to its queue; throws when the transport is away. */
  publish: (consumer: string, events: RelayedEvent[]) => Promise<void>;
  pollMs: number;
  leaseMs: number;
  /** For how long events that are handed over are this relay's. */
  handOverMs: number;
  batchSize: number;
  onError: (error: unknown) => void;
}

export interface Relay {
  handOver: HandOver;
  /** There may be rows that were not handed over. */
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

/** Events in memory at the most; the others wait in the outbox alone. */
const mostHanded = 2_000;

/**
 * What is handed over. Once something could not be published nothing is taken any more, until the
 * outbox shows that the transport is back: what was in memory is there too.
 */
function createShelf(leaseMs: number) {
  let events: RelayedEvent[] = [];
  let isOpen = true;
  let isComing = false;
  return {
    handOver: {
      leaseMs,
      hasRoom: () => isOpen && events.length < mostHanded,
      take(handed: readonly RelayedEvent[]) {
        isComing = true;
        events.push(...handed);
      },
    },
    takeOut: (most: number) => events.splice(0, most),
    isEmpty: () => events.length === 0,
    /** Whether something was handed over since this was asked last. */
    hasCome(): boolean {
      const has = isComing;
      isComing = false;
      return has;
    },
    open() {
      isOpen = true;
    },
    close() {
      isOpen = false;
      events = [];
    },
  };
}

/**
 * Moves committed events to the queues: those of this process as they are handed over, and what else
 * is in the outbox. Rows are claimed under a lease, so several relays share one outbox, and a killed
 * one blocks its rows only until the lease ends.
 */
export function startRelay<DB>(options: RelayOptions<DB>): Relay {
  const { batchSize, pollMs, onError } = options;
  const shelf = createShelf(options.handOverMs);
  let isStopped = false;
  let isWoken = true;
  let polledAt = 0;
  let wakeUp: (() => void) | undefined;

  async function moveHanded(): Promise<void> {
    const events = shelf.takeOut(batchSize);
    if (events.length === 0) return;
    await publishEvents(options, events).catch((error: unknown) => {
      shelf.close();
      onError(error);
    });
  }

  async function look(): Promise<void> {
    if (!isWoken && performance.now() - polledAt < pollMs) return;
    isWoken = false;
    const moved = await relayBatch(options).catch((error: unknown) => {
      onError(error);
      return 0;
    });
    if (moved > 0) shelf.open();
    if (moved === batchSize) isWoken = true;
    polledAt = performance.now();
  }

  async function work(): Promise<void> {
    while (!isStopped) {
      await moveHanded();
      await look();
      if (isWoken || isStopped || !shelf.isEmpty()) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pollMs);
        wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    while (!shelf.isEmpty()) await moveHanded();
  }

  const running = work();
  return {
    handOver: {
      ...shelf.handOver,
      hasRoom: () => !isStopped && shelf.handOver.hasRoom(),
      take(events) {
        shelf.handOver.take(events);
        wakeUp?.();
      },
    },
    wake() {
      // Whoever handed events over tells of the commit too, and has left nothing to be looked for.
      if (shelf.hasCome()) return;
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
  const rows = await claimRows(options);
  const events = rows.map((row) => ({
    id: binaryToId(row.id),
    consumer: row.consumer,
    eventName: row.event_name,
    payload: JSON.parse(row.payload),
    requestId: row.request_id,
    generation: row.generation,
  }));
  await publishEvents(options, events);
  return rows.length;
}

async function publishEvents<DB>(
  { store, publish }: RelayOptions<DB>,
  events: readonly RelayedEvent[],
): Promise<void> {
  const consumers = new Map<string, RelayedEvent[]>();
  for (const event of events) {
    const those = consumers.get(event.consumer);
    if (those) those.push(event);
    else consumers.set(event.consumer, [event]);
  }
  const published = await Promise.allSettled(
    [...consumers].map(async ([consumer, those]) => {
      await publish(consumer, those);
      return those;
    }),
  );
  await markPublished(
    store,
    published.flatMap((one) => (one.status === 'fulfilled' ? one.value : [])),
  );
  const failure = published.find((one) => one.status === 'rejected');
  if (failure) throw failure.reason;
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
    // By the key whatever is known of the other indexes: what others just wrote stands in those.
    `UPDATE ${outboxOf(store)} FORCE INDEX (PRIMARY) SET state = ${published}, published_at = UTC_TIMESTAMP(3),
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
