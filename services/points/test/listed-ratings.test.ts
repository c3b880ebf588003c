import { ratingsCleared, ratingsListed } from '@ddp/contracts/ratings/events';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({}, { startAt: new Date('2026-11-02T02:00:00.000Z') });
});
afterAll(async () => {
  expect(await house.audit()).toEqual([]);
  await house.stop();
});

const hour = 3_600_000;
const day = 24 * hour;

describe('the points of a listed rating', () => {
  const rated = async () => {
    const resident = await house.joined();
    const ratingId = newId();
    await house.rated(resident, '2026-11-02', ratingId);
    await eventually(async () => (await house.balance(resident)).maturing === 1);
    return { resident, ratingId };
  };
  const list = (ratingId: string, days: number) => {
    const until = new Date(house.clock.now().getTime() + days * day).toISOString();
    const { programmeId } = house;
    return house.tell(ratingsListed, { programmeId, ratingIds: [ratingId], until });
  };

  it('wait until the deadline, and then mature by themselves', async () => {
    const { resident, ratingId } = await rated();
    const other = await rated();
    await list(ratingId, 7);
    await house.digested();
    house.clock.advanceMs(25 * hour);
    await eventually(async () => (await house.balance(other.resident)).points === 1);
    expect(await house.balance(resident)).toMatchObject({ points: 0, maturing: 1 });
    house.clock.advanceMs(7 * day);
    await eventually(async () => (await house.balance(resident)).points === 1);
  });

  it('wait no longer than others once somebody has looked', async () => {
    const { resident, ratingId } = await rated();
    await list(ratingId, 7);
    await house.digested();
    house.clock.advanceMs(25 * hour);
    const { programmeId } = house;
    await house.tell(ratingsCleared, { programmeId, ratingIds: [ratingId] });
    await eventually(async () => (await house.balance(resident)).points === 1);
  });

  it('that can be spent already stay so', async () => {
    const { resident, ratingId } = await rated();
    house.clock.advanceMs(25 * hour);
    await eventually(async () => (await house.balance(resident)).points === 1);
    await list(ratingId, 7);
    await house.digested();
    expect(await house.balance(resident)).toMatchObject({ points: 1, maturing: 0 });
  });
});
