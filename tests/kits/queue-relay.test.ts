import type { ServiceStore } from '@ddp/db-kit/command';
import { outboxState } from '@ddp/queue-kit/queue-tables';
import { type RelayedEvent, type RelayOptions, relayBatch, startRelay } from '@ddp/queue-kit/relay';
import { eventually } from '@ddp/testing/module-harness';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  countOutbox,
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
