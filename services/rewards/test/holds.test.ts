import { redemptionReleased, redemptionRequested } from '@ddp/contracts/rewards/events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { resumeRedemptions } from '../src/operations/resume-redemptions.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ isManual: true });
});
afterAll(() => house?.stop());
afterEach(async () => {
  Object.assign(house.points.trouble, { isDown: false, losesAnswers: false, onCall: null });
  expect(await house.findBroken()).toEqual([]);
});

const stateOf = async (one: Awaited<ReturnType<House['ask']>>) =>
  (await house.read(one.redemptionId, one.resident)).state;
const holdOf = (redemptionId: string) => house.points.holds.get(redemptionId)?.state;
const pointsOf = (personId: string) => house.points.people.get(personId)?.points;

describe('points that do not answer', () => {
  it('leave the redemption waiting, and the step is told again until they do', async () => {
    const one = await house.ask();
    house.points.trouble.isDown = true;
    const { redemptionId } = one;
    await expect(house.step(redemptionRequested, { redemptionId })).rejects.toThrow('503');
    expect(await stateOf(one)).toBe('requested');
    house.points.trouble.isDown = false;
    await house.step(redemptionRequested, { redemptionId });
    expect(await stateOf(one)).toBe('held');
  });

  it('but did hold, are asked again for the same hold', async () => {
    const one = await house.ask();
    const { redemptionId, resident } = one;
    house.points.trouble.losesAnswers = true;
    await expect(house.step(redemptionRequested, { redemptionId })).rejects.toThrow();
    expect(holdOf(redemptionId)).toBe('held');
    house.points.trouble.losesAnswers = false;
    await house.step(redemptionRequested, { redemptionId });
    expect(await stateOf(one)).toBe('held');
    expect(pointsOf(resident.personId)).toBe(92);
  });
});

describe('a redemption that is cancelled while its points are asked for', () => {
  /** The end comes before points have done anything, and its own job finds no hold to void. */
  async function cancelOnTheWay(losesAnswers = false) {
    const one = await house.ask();
    const { redemptionId, resident } = one;
    const { trouble } = house.points;
    trouble.onCall = async () => {
      trouble.onCall = null;
      await house.cancel(redemptionId, resident);
      await house.step(redemptionReleased, { redemptionId });
      expect(holdOf(redemptionId)).toBeUndefined();
      trouble.losesAnswers = losesAnswers;
    };
    return one;
  }

  it('has them given back by the job that held them', async () => {
    const one = await cancelOnTheWay();
    const { redemptionId, resident } = one;
    await house.step(redemptionRequested, { redemptionId });
    expect(await stateOf(one)).toBe('cancelled');
    expect(holdOf(redemptionId)).toBe('voided');
    expect(pointsOf(resident.personId)).toBe(100);
  });

  it('has them given back when that job dies and is brought again', async () => {
    const one = await house.ask();
    const { redemptionId, resident } = one;
    const { trouble } = house.points;
    trouble.losesAnswers = true;
    await expect(house.step(redemptionRequested, { redemptionId })).rejects.toThrow();
    trouble.losesAnswers = false;
    await house.cancel(redemptionId, resident);
    await house.step(redemptionRequested, { redemptionId });
    expect(holdOf(redemptionId)).toBe('voided');
    await house.step(redemptionReleased, { redemptionId });
    expect(pointsOf(resident.personId)).toBe(100);
  });

  it('has them given back when that job dies and never comes again', async () => {
    const { redemptionId, resident } = await cancelOnTheWay(true);
    await expect(house.step(redemptionRequested, { redemptionId })).rejects.toThrow();
    house.points.trouble.losesAnswers = false;
    expect(holdOf(redemptionId)).toBe('held');
    house.clock.advanceMs(130_000);
    const waiting = (await house.listWaiting()).length;
    await resumeRedemptions(house.deps);
    expect((await house.listWaiting()).length).toBeGreaterThan(waiting);
    await house.step(redemptionReleased, { redemptionId });
    expect(holdOf(redemptionId)).toBe('voided');
    expect(pointsOf(resident.personId)).toBe(100);
  });
});
