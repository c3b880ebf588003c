import { ratingSubmitted } from '@ddp/contracts/ratings/events';
import type { ServiceStore } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { findDeadLetter, listDeadLetters } from '@ddp/queue-kit/dead-letter';
import { jobOptions, maxAttempts } from '@ddp/queue-kit/job';
import { outboxState } from '@ddp/queue-kit/queue-tables';
import type { ServiceQueue } from '@ddp/queue-kit/service-queue';
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
  PeerAwayError,
  readEffects,
} from './queue-fixture.ts';

class Indigestible extends Error {
  override name = 'Indigestible';
}

let install: Install;
let ratings: ServiceStore<object>;
let points: ServiceStore<object>;
let queue: ServiceQueue;
/** The day whose ratings throw, and how often each event was tried. */
const badDay = '2026-03-13';
let isMended: boolean;
let fault: () => Error;
let tries: Map<string, number>;

beforeEach(async () => {
  install = openInstall();
  isMended = false;
  tries = new Map();
  fault = () => new TypeError('this rating has no square root');
  [ratings, points] = await Promise.all([openQueueStore('ratings'), openQueueStore('points')]);
  const consumer = consumeBy(points, ratingSubmitted, ({ eventId, payload }) => {
    tries.set(eventId, (tries.get(eventId) ?? 0) + 1);
    if (!isMended && JSON.stringify(payload).includes(badDay)) throw fault();
  });
  await install.start(ratings, { consumers: [], sweeps: [] });
  const isPermanent = (error: unknown) => error instanceof Indigestible;
  queue = await install.start(points, { consumers: [consumer], sweeps: [] }, isPermanent);
});

afterEach(async () => {
  await install.stop();
  await Promise.all([ratings.db.destroy(), points.db.destroy()]);
});

async function emitPoison(): Promise<string> {
  const [id = ''] = await emitRatings(ratings, 1, badDay);
  return id;
}

/** An event that became a dead letter, known to its producer as such. */
async function bury(): Promise<string> {
  const id = await emitPoison();
  await eventually(async () => (await countOutbox(ratings, outboxState.dead)) === 1);
  return id;
}

const readLetters = () => listDeadLetters(points, 10);

describe('an event that cannot be digested', () => {
  it('is buried after five tries where an operator sees it, and the queue goes on', async () => {
    const bad = await emitPoison();
    const good = await emitRatings(ratings, 5);
    await eventually(async () => (await countOutbox(ratings, outboxState.dead)) === 1);
    await eventually(async () => (await countOutbox(ratings, outboxState.done)) === 5);
    expect(await readEffects(points.db)).toEqual(onceEach(good));
    expect(tries.get(bad)).toBe(maxAttempts);
    expect(maxAttempts).toBeLessThanOrEqual(5);
    expect(await readLetters()).toMatchObject([
      {
        eventId: bad,
        eventName: ratingSubmitted.name,
        producer: 'ratings',
        reason: 'TypeError: this rating has no square root',
        requestId: 'request-1',
      },
    ]);
  });

  it('for ever is buried at the first try', async () => {
    fault = () => new Indigestible('no');
    const bad = await emitPoison();
    await eventually(async () => (await countOutbox(ratings, outboxState.dead)) === 1);
    expect(tries.get(bad)).toBe(1);
    expect(await readLetters()).toMatchObject([{ reason: 'Indigestible: no' }]);
  });

  it('whose payload does not fit its schema is buried before its handler sees it', async () => {
    const delivery = {
      eventId: newId(),
      eventName: ratingSubmitted.name,
      producer: 'ratings',
      payload: { ratingId: newId() },
      requestId: 'request-1',
    };
    await install.queueOf('points').add(delivery.eventName, delivery, jobOptions(intervals));
    await eventually(async () => (await readLetters()).length === 1);
    expect((await readLetters())[0]?.reason).toContain('PayloadError: the payload of ratings.');
    expect(install.logged.map(({ message }) => message)).not.toContain('an event is retried');
    expect(tries.size).toBe(0);
  });

  it('that nobody consumes is buried too, not lost', async () => {
    const eventName = 'ratings.rating-forgotten';
    const delivery = {
      eventId: newId(),
      eventName,
      producer: 'ratings',
      payload: {},
      requestId: 'request-1',
    };
    await install.queueOf('points').add(eventName, delivery, jobOptions(intervals));
    await eventually(async () => (await readLetters()).length === 1);
    expect((await readLetters())[0]?.reason).toContain('does not consume ratings.rating-forgotten');
  });
});

it('waits for a peer that is away beyond its tries, and is never buried for it', async () => {
  fault = () => new PeerAwayError('directory does not answer');
  const patient = await emitPoison();
  await eventually(async () => (tries.get(patient) ?? 0) > maxAttempts);
  expect(await readLetters()).toEqual([]);
  isMended = true;
  await eventually(async () => (await countOutbox(ratings, outboxState.done)) === 1);
  expect(await readEffects(points.db)).toEqual(onceEach([patient]));
});

describe('a replay', () => {
  it('has its effect once when the cause is mended, and the letter is gone', async () => {
    const bad = await bury();
    isMended = true;
    expect(await queue.replayDeadLetter(bad)).toBe(true);
    await eventually(async () => (await countOutbox(ratings, outboxState.done)) === 1);
    expect(await readEffects(points.db)).toEqual(onceEach([bad]));
    expect(await readLetters()).toEqual([]);
    expect(await queue.replayDeadLetter(bad)).toBe(false);
    expect(await findDeadLetter(points, bad)).toBeNull();
  });

  it('before the cause is mended brings the letter back', async () => {
    const bad = await bury();
    await queue.replayDeadLetter(bad);
    await eventually(async () => tries.get(bad) === 2 * maxAttempts);
    await eventually(async () => (await readLetters()).length === 1);
    expect(await readEffects(points.db)).toEqual({});
  });

  it('that Redis loses leaves the letter where it was, to be replayed again', async () => {
    const bad = await bury();
    isMended = true;
    const jobs = install.queueOf('points');
    await jobs.pause();
    await queue.replayDeadLetter(bad);
    await install.wipe();
    await eventually(async () => !(await jobs.isPaused()));
    expect(await readLetters()).toMatchObject([{ eventId: bad }]);
    expect(await queue.replayDeadLetter(bad)).toBe(true);
    await eventually(async () => (await readLetters()).length === 0);
    expect(await readEffects(points.db)).toEqual(onceEach([bad]));
  });

  it('of what is no dead letter does nothing', async () => {
    expect(await queue.replayDeadLetter(newId())).toBe(false);
  });
});
