import { ratingSubmitted } from '@ddp/contracts/ratings/events';
import { redemptionRequested } from '@ddp/contracts/rewards/events';
import type { ServiceName } from '@ddp/contracts/service-name';
import type { ServiceStore } from '@ddp/db-kit/command';
import { commandMigrations } from '@ddp/db-kit/command-tables';
import { binaryToId, newId } from '@ddp/db-kit/ids';
import { transact } from '@ddp/db-kit/transact';
import { type Consumer, defineConsumer, type Sweep } from '@ddp/queue-kit/consumer';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import { scaleIntervals } from '@ddp/queue-kit/intervals';
import { appendEvents, type OutboxStore, outgoing } from '@ddp/queue-kit/outbox';
import { queueMigrations } from '@ddp/queue-kit/queue-tables';
import { openQueues } from '@ddp/queue-kit/queues';
import { createServiceQueue, type ServiceQueue } from '@ddp/queue-kit/service-queue';
import { drawPrefix, readTestEngines } from '@ddp/testing/config';
import { createTestDatabase } from '@ddp/testing/database';
import { eventually } from '@ddp/testing/module-harness';
import { Redis } from 'ioredis';
import type { Kysely } from 'kysely';
import { run } from './store-fixture.ts';

export const intervals = scaleIntervals(0.05);

/** One service's schema with the tables of the transport, and one to see effects in. */
export async function openQueueStore(service: ServiceName) {
  const db = await createTestDatabase<object>(service);
  const migrations = { ...commandMigrations(service), ...queueMigrations(service) };
  for (const { up } of Object.values(migrations)) await up(db);
  await run(db, 'CREATE TABLE kit_effect (id INT AUTO_INCREMENT PRIMARY KEY, event_id CHAR(36))');
  const store: ServiceStore<object> = {
    db,
    prefix: service,
    clock: { offsetMs: () => 0 },
    onCommit: () => undefined,
  };
  return store;
}

/** A rating that nobody gave. */
const ratingOn = (ratedOn: string) => ({
  ratingId: newId(),
  programmeId: newId(),
  personId: newId(),
  areaPath: '/1506/',
  ratedOn,
});

export const drawRating = (ratedOn = '2026-03-01') => outgoing(ratingSubmitted, ratingOn(ratedOn));

/** Commits `count` events of a rating, one transaction each; their ids. */
export async function emitRatings(
  store: ServiceStore<object> & OutboxStore,
  count: number,
  ratedOn = '2026-03-01',
): Promise<string[]> {
  const before = new Set((await readOutbox(store)).map(({ id }) => id));
  for (let n = 0; n < count; n += 1) {
    await transact(store.db, (tx) => appendEvents(tx, store, [drawRating(ratedOn)], 'request-1'));
    store.onCommit();
  }
  return (await readOutbox(store)).flatMap(({ id }) => (before.has(id) ? [] : [id]));
}

/** Commits one step of a redemption, which its own service consumes. */
export async function emitRedemption(store: ServiceStore<object>): Promise<void> {
  const event = outgoing(redemptionRequested, { redemptionId: newId() });
  await transact(store.db, (tx) => appendEvents(tx, store, [event], 'request-1'));
  store.onCommit();
}

export interface OutboxRow {
  id: string;
  state: number;
  generation: number;
}

export async function readOutbox(store: ServiceStore<object>): Promise<OutboxRow[]> {
  const rows = await run(
    store.db,
    `SELECT id, state, generation FROM ${store.prefix}_outbox ORDER BY id`,
  );
  return rows.map((row) => ({
    id: binaryToId(row.id as Buffer),
    state: Number(row.state),
    generation: Number(row.generation),
  }));
}

export async function countOutbox(store: ServiceStore<object>, state: number): Promise<number> {
  return (await readOutbox(store)).filter((row) => row.state === state).length;
}

/** How often each event had its effect, by its id. */
export async function readEffects(db: Kysely<object>): Promise<Record<string, number>> {
  const rows = await run(
    db,
    'SELECT event_id AS id, COUNT(*) AS times FROM kit_effect GROUP BY event_id',
  );
  return Object.fromEntries(rows.map(({ id, times }) => [String(id), Number(times)]));
}

export const onceEach = (ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, 1]));

/** A consumer whose effect is a row; `meet` may throw beforehand. */
export function consumeBy(
  store: ServiceStore<object>,
  event: Consumer['event'],
  meet: (delivery: Delivery) => void = () => undefined,
): Consumer {
  return defineConsumer(event, async (delivery) => {
    meet(delivery);
    await handleOnce(store, delivery, async (tx) => {
      await run(tx, 'INSERT INTO kit_effect (event_id) VALUES (?)', delivery.eventId);
    });
  });
}

/** One install's keys in Redis: its queues, and what a wipe means to it. */
export function openInstall() {
  const { redisUrl } = readTestEngines();
  const redisPrefix = drawPrefix().replaceAll('_', '-');
  const redis = new Redis(redisUrl);
  const queues = openQueues(redisUrl, redisPrefix);
  const opened: ServiceQueue[] = [];
  const logged: { detail: object; message: string }[] = [];
  const note = (detail: object, message: string) => void logged.push({ detail, message });

  /** Removes this install's keys, all or those that `match`. Other keys of the engine stay. */
  async function wipe(match = (_key: string) => true): Promise<number> {
    let removed = 0;
    for await (const keys of redis.scanStream({ match: `{${redisPrefix}}*`, count: 1_000 })) {
      const chosen = (keys as string[]).filter(match);
      if (chosen.length > 0) removed += await redis.unlink(...chosen);
    }
    return removed;
  }

  return {
    redis,
    redisPrefix,
    queueOf: queues.queueOf,
    /** What its services told of so far. */
    logged,
    wipe,
    /** Opens and starts a service's end of the transport; without work it only relays. */
    async start(
      store: ServiceStore<object>,
      work?: { consumers: Consumer[]; sweeps: Sweep[] },
      isPermanent: (error: unknown) => boolean = () => false,
    ): Promise<ServiceQueue> {
      const queue = createServiceQueue({
        service: store.prefix as ServiceName,
        store,
        redisUrl,
        redisPrefix,
        intervals,
        concurrency: 10,
        log: { warn: note, error: note },
        isPermanent,
        isPeerAway: (error) => error instanceof PeerAwayError,
      });
      store.onCommit = queue.wake;
      opened.push(queue);
      await queue.start(work);
      // Until Redis is known to be of this age, everything published is sent once more.
      const mark = `{${redisPrefix}}:epoch:${store.prefix}`;
      if (work) await eventually(async () => redis.get(mark));
      return queue;
    },
    async stop(): Promise<void> {
      for (const queue of opened) await queue.stop();
      await queues.close();
      await wipe();
      redis.disconnect();
    },
  };
}

/** Another service could not be asked. */
export class PeerAwayError extends Error {
  override name = 'PeerAwayError';
}

export type Install = ReturnType<typeof openInstall>;
