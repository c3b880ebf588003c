import { openBank, strikeBank } from '@ddp/infra/faults/bank';
import { openPointsHouse, type PointsHouse } from '@ddp/infra/faults/points-house';
import { findObstacle } from '@ddp/infra/faults/private-engines';
import { createRandom } from '@ddp/infra/faults/random';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const obstacle = findObstacle();
const seed = Math.floor(Math.random() * 2 ** 32);

let house: PointsHouse;
beforeEach(({ skip }) => skip(obstacle !== null, obstacle ?? ''));
beforeAll(async () => {
  if (obstacle === null) house = await openPointsHouse({ processes: 2 });
});
afterAll(() => house?.stop());

describe(`a bank of eight accounts on two processes (seed ${seed})`, { timeout: 120_000 }, () => {
  it('neither makes nor loses money while processes and the database are killed', async () => {
    const random = createRandom(seed);
    const bank = await openBank(house, random);
    const done = new AbortController();
    const work = bank.work(done.signal);
    const quietMs = { least: 500, most: 1_500 };
    const endsAtMs = performance.now() + 12_000;
    const strikes = await strikeBank(house, { endsAtMs, quietMs, random });
    done.abort();
    await work;
    expect(await bank.check()).toEqual([]);
    expect(strikes.length).toBeGreaterThan(1);
    expect(bank.history.acknowledged.size).toBeGreaterThan(0);
  });
});
