import { ratingSubmitted } from '@ddp/contracts/ratings/events';
import type { ServiceStore } from '@ddp/db-kit/command';
import type { Sweep } from '@ddp/queue-kit/consumer';
import { outboxState } from '@ddp/queue-kit/queue-tables';
import { readEpoch } from '@ddp/queue-kit/reconcile';
import { eventually } from '@ddp/testing/module-harness';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  consumeBy,
  countOutbox,
  emitRatings,
  type Install,
  intervals,
  onceEach,
  openInstall,
  openQueueStore,
  readEffects,
  readOutbox,
} from './queue-fixture.ts';
import { run } from './store-fixture.ts';

let install: Install;
let ratings: ServiceStore<object>;
let points: ServiceStore<object>;
let sweeps: Record<'often' | 'seldom', number>;

beforeEach(async () => {
  install = openInstall();
  sweeps = { often: 0, seldom: 0 };
  [ratings, points] = await Promise.all([openQueueStore('ratings'), openQueueStore('points')]);
});

afterEach(async () => {
  await install.stop();
  await Promise.all([ratings.db.destroy(), points.db.destroy()]);
});

async function startBoth(meet: () => void = () => undefined): Promise<void> {
  await install.start(ratings, { consumers: [], sweeps: [] });
  await install.start(points, {
    consumers: [consumeBy(points, ratingSubmitted, meet)],
    sweeps: [sweepEvery('often', 200), sweepEvery('seldom', 1.3 * intervals.reconcileMs)],
  });
}

function sweepEvery(name: keyof typeof sweeps, everyMs: number): Sweep {
  const run = async () => {
    sweeps[name] += 1;
  };
  return { name, everyMs, run };
}

async function isAllDone(count: number): Promise<boolean> {
  return (await countOutbox(ratings, outboxState.done)) === count;
}

async function seeSweepsGoOn(): Promise<void> {
  const { often, seldom } = sweeps;
  await eventually(async () => sweeps.often > often + 2 && sweeps.seldom > seldom + 1);
}

describe('a Redis that loses everything', () => {
  it('again and again under way, loses no event and doubles none; the sweeps are there again', async () => {
    await startBoth();
    const ids: string[] = [];
    for (let round = 0; round < 5; round += 1) {
      ids.push(...(await emitRatings(ratings, 20)));
      expect(await install.wipe()).toBeGreaterThan(0);
      ids.push(...(await emitRatings(ratings, 4)));
    }
    await eventually(() => isAllDone(120), 25_000);
    expect(await readEffects(points.db)).toEqual(onceEach(ids));
    await seeSweepsGoOn();
  });

  it('while nothing consumes, gives all that waited to the consumer that comes later', async () => {
    await install.start(ratings, { consumers: [], sweeps: [] });
    const ids = await emitRatings(ratings, 30);
    await eventually(async () => (await countOutbox(ratings, outboxState.published)) === 30);
    // None of them is overdue for a long time: the loss itself must be noticed.
    await run(
      ratings.db,
      'UPDATE ratings_outbox SET published_at = published_at + INTERVAL 1 HOUR',
    );
    await install.wipe();
    await install.start(points, { consumers: [consumeBy(points, ratingSubmitted)], sweeps: [] });
    await eventually(() => isAllDone(30));
    expect(await readEffects(points.db)).toEqual(onceEach(ids));
  });

  it('but for the mark of its age, is mended by time: events and sweeps alike', async () => {
    await startBoth();
    await seeSweepsGoOn();
    await install.queueOf('points').pause();
    const ids = await emitRatings(ratings, 10);
    await eventually(async () => (await countOutbox(ratings, outboxState.published)) === 10);
    await install.wipe((key) => !key.includes(':epoch:'));
    await eventually(() => isAllDone(10));
    expect(await readEffects(points.db)).toEqual(onceEach(ids));
    await seeSweepsGoOn();
  });
});

describe('the mark of the age of Redis', () => {
  it('is one for a schema, whoever asks first', async () => {
    const marks = await Promise.all(Array.from({ length: 10 }, () => readEpoch(ratings)));
    expect(new Set(marks).size).toBe(1);
    expect(await readEpoch(points)).not.toBe(marks[0]);
  });
});

describe('a job that Redis keeps', () => {
  const gone = () => {
    throw Object.assign(new Error('the database is away'), { code: 'ECONNRESET' });
  };

  it('as failed does not hide its event: the database that was away for five tries comes back', async () => {
    let isAway = true;
    await startBoth(() => {
      if (isAway) gone();
    });
    const ids = await emitRatings(ratings, 3);
    const queue = install.queueOf('points');
    await eventually(async () => ((await queue.getJobCounts('failed')).failed ?? 0) >= 3);
    expect(await run(points.db, 'SELECT 1 FROM points_dead_letter')).toEqual([]);
    isAway = false;
    await eventually(() => isAllDone(3));
    expect(await readEffects(points.db)).toEqual(onceEach(ids));
    expect((await readOutbox(ratings)).every(({ generation }) => generation > 0)).toBe(true);
  });

  it('as completed does not hide its event: an acknowledgement that was lost is given again', async () => {
    await startBoth();
    const ids = await emitRatings(ratings, 3);
    await eventually(() => isAllDone(3));
    await run(
      ratings.db,
      `UPDATE ratings_outbox SET state = ${outboxState.published}, done_at = NULL,
        published_at = published_at - INTERVAL 1 HOUR`,
    );
    await eventually(() => isAllDone(3));
    expect(await readEffects(points.db)).toEqual(onceEach(ids));
    expect((await readOutbox(ratings)).map(({ generation }) => generation)).toEqual([1, 1, 1]);
  });

  it('as waiting is left to wait, not sent again', async () => {
    await install.start(ratings, { consumers: [], sweeps: [] });
    await emitRatings(ratings, 2);
    const age = 'UPDATE ratings_outbox SET published_at = published_at - INTERVAL 1 HOUR';
    await eventually(async () => (await countOutbox(ratings, outboxState.published)) === 2);
    await run(ratings.db, age);
    await eventually(async () => {
      const late =
        'SELECT 1 FROM ratings_outbox WHERE published_at < UTC_TIMESTAMP(3) - INTERVAL 1 MINUTE';
      return (await run(ratings.db, late)).length === 0;
    });
    expect((await readOutbox(ratings)).map(({ generation }) => generation)).toEqual([0, 0]);
    expect((await install.queueOf('points').getJobCounts('waiting')).waiting).toBe(2);
  });
});
