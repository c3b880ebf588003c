import type { ServiceStore } from '@ddp/db-kit/command';
import { transact } from '@ddp/db-kit/transact';
import type { RelayedEvent } from '@ddp/queue-kit/hand-over';
import { appendEvents } from '@ddp/queue-kit/outbox';
import { outboxState } from '@ddp/queue-kit/queue-tables';
import { type Relay, type RelayOptions, relayBatch, startRelay } from '@ddp/queue-kit/relay';
import { eventually } from '@ddp/testing/module-harness';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  countOutbox,
  drawRating,
  emitRatings,
  intervals,
  openQueueStore,
  readOutbox,
} from './queue-fixture.ts';
import { run } from './store-fixture.ts';

let ratings: ServiceStore<object>;
let published: RelayedEvent[];
let errors: unknown[];

beforeEach(async () => {
  ratings = await openQueueStore('ratings');
  published = [];
  errors = [];
});
afterEach(() => ratings.db.destroy());

function relayOf(fields: Partial<RelayOptions<object>> = {}): RelayOptions<object> {
  return {
    store: ratings,
    publish: async (_consumer, events) => void published.push(...events),
    pollMs: intervals.relayPollMs,
    leaseMs: intervals.relayLeaseMs,
    handOverMs: intervals.handOverMs,
    batchSize: 200,
    onError: (error) => errors.push(error),
    ...fields,
  };
}

const publishedIds = () => published.map(({ id }) => id).sort();

describe('a relay', () => {
  it('brings each committed event once, though several share the outbox', async () => {
    const ids = await emitRatings(ratings, 60);
    const relays = [1, 2, 3, 4].map(() => startRelay(relayOf({ batchSize: 7, leaseMs: 60_000 })));
    await eventually(async () => (await countOutbox(ratings, outboxState.published)) === 60);
    for (const relay of relays) await relay.stop();
    expect(publishedIds()).toEqual([...ids].sort());
    expect(errors).toEqual([]);
  });

  it('that was killed with rows in hand blocks them only until its lease ends', async () => {
    const ids = await emitRatings(ratings, 3);
    let isClaimed = false;
    // A process that dies here never comes back from publishing.
    void relayBatch(
      relayOf({
        publish: () => {
          isClaimed = true;
          return new Promise(() => undefined);
        },
      }),
    );
    await eventually(async () => isClaimed);
    expect(await relayBatch(relayOf())).toBe(0);
    const next = startRelay(relayOf());
    await eventually(async () => published.length === 3);
    await next.stop();
    expect(publishedIds()).toEqual([...ids].sort());
  });

  it('whose transport is away loses nothing and tells of it', async () => {
    const ids = await emitRatings(ratings, 3);
    let isAway = true;
    const relay = startRelay(
      relayOf({
        publish: async (_consumer, events) => {
          if (isAway) throw new Error('Redis is away');
          published.push(...events);
        },
      }),
    );
    await eventually(async () => errors.length > 0);
    expect(await countOutbox(ratings, outboxState.pending)).toBe(3);
    isAway = false;
    await eventually(async () => published.length === 3);
    await relay.stop();
    expect(publishedIds()).toEqual([...ids].sort());
  });

  it('does not take back what was done while it held the row', async () => {
    await emitRatings(ratings, 1);
    await relayBatch(
      relayOf({
        publish: () =>
          run(ratings.db, `UPDATE ratings_outbox SET state = ${outboxState.done}`).then(),
      }),
    );
    expect((await readOutbox(ratings)).map(({ state }) => state)).toEqual([outboxState.done]);
  });

  it('that is woken looks at once, not at its next turn', async () => {
    const relay = startRelay(relayOf({ pollMs: 60_000 }));
    ratings.onCommit = relay.wake;
    for (let n = 1; n <= 3; n += 1) {
      await emitRatings(ratings, 1);
      await eventually(async () => published.length === n);
    }
    await relay.stop();
  });
});

describe('events that are handed over', () => {
  const far = { pollMs: 60_000, handOverMs: 60_000 };
  /** The store of a process whose relay is `relay`. */
  const storeOf = (relay: Relay) => ({
    ...ratings,
    onCommit: relay.wake,
    handOver: relay.handOver,
  });

  it('leave without a look into the outbox, in their order, and are marked', async () => {
    const relay = startRelay(relayOf(far));
    await eventually(async () => relay.handOver.hasRoom());
    const ids = await emitRatings(storeOf(relay), 5);
    await eventually(async () => (await countOutbox(ratings, outboxState.published)) === 5);
    await relay.stop();
    expect(published.map(({ id }) => id)).toEqual(ids);
    expect(published.every(({ generation }) => generation === 0)).toBe(true);
    expect(await freeRows()).toBe(0);
  });

  it('are not sent by a transaction that was undone', async () => {
    const relay = startRelay(relayOf(far));
    const store = storeOf(relay);
    await expect(
      transact(ratings.db, async (tx) => {
        await appendEvents(tx, store, [drawRating()], 'request-1');
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    await emitRatings(store, 1);
    await relay.stop();
    expect(published).toHaveLength(1);
  });

  it('of a process that died are taken by another relay after their lease', async () => {
    const dead = { leaseMs: 400, hasRoom: () => true, take: () => undefined };
    const ids = await emitRatings({ ...ratings, handOver: dead }, 3);
    expect(await relayBatch(relayOf())).toBe(0);
    const next = startRelay(relayOf());
    await eventually(async () => published.length === 3);
    await next.stop();
    expect(publishedIds()).toEqual([...ids].sort());
  });

  it('wait in the outbox while the transport is away, and none is kept in memory', async () => {
    let isAway = true;
    const relay = startRelay(
      relayOf({
        handOverMs: 300,
        publish: async (_consumer, events) => {
          if (isAway) throw new Error('Redis is away');
          published.push(...events);
        },
      }),
    );
    const store = storeOf(relay);
    const ids = await emitRatings(store, 1);
    await eventually(async () => errors.length > 0);
    expect(relay.handOver.hasRoom()).toBe(false);
    ids.push(...(await emitRatings(store, 2)));
    isAway = false;
    await eventually(async () => (await countOutbox(ratings, outboxState.published)) === 3);
    expect(relay.handOver.hasRoom()).toBe(true);
    await relay.stop();
    expect([...new Set(publishedIds())]).toEqual([...ids].sort());
  });

  it('leave before their relay stops, and later ones wait for the next process', async () => {
    const relay = startRelay(relayOf(far));
    const store = storeOf(relay);
    const ids = await emitRatings(store, 4);
    await relay.stop();
    expect(publishedIds()).toEqual([...ids].sort());
    await emitRatings(store, 1);
    expect(await freeRows()).toBe(1);
  });

  /** Rows that any relay may take now. */
  async function freeRows(): Promise<number> {
    const [row] = await run(
      ratings.db,
      `SELECT COUNT(*) AS count FROM ratings_outbox
        WHERE state = ${outboxState.pending} AND lease_until IS NULL`,
    );
    return Number(row?.count);
  }
});
