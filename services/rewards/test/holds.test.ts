import { listRedemptionCourses, readRedemptionCourse } from '@ddp/contracts/rewards/course-routes';
import {
  redemptionHeld,
  redemptionReleased,
  redemptionRequested,
  redemptionReserved,
} from '@ddp/contracts/rewards/events';
import { idToBinary, newId } from '@ddp/db-kit/ids';
import { personAs } from '@ddp/testing/principals';
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

describe('the course of a redemption', () => {
  const auditor = personAs('auditor', { areaPaths: ['/1506/'] });
  const stranger = personAs('banner-officer', { areaPaths: ['/1506/150602/'] });
  const read = (id: string, by = auditor) =>
    house.call(readRedemptionCourse, { params: { id } }, by);
  const list = async (query: object, by = auditor) => {
    const { items } = await house.call(listRedemptionCourses, { query }, by);
    return items.map(({ id }) => id);
  };
  const stepsOf = async (id: string) => (await read(id)).steps.map(({ step }) => step);

  it('goes from the request to the voucher and the ledger, with the holder masked', async () => {
    const { redemptionId, benefit, resident, merchant, clerk } = await house.ask();
    house.names.set(resident.personId, '王*');
    expect(await read(redemptionId)).toMatchObject({
      ...{ state: 'requested', ledger: 'none', hold: null, voucher: null, holder: '王*' },
    });
    for (const event of [redemptionRequested, redemptionHeld, redemptionReserved]) {
      await house.step(event, { redemptionId });
    }
    const seen = await read(redemptionId);
    expect(seen).toMatchObject({
      ...{ benefitTitle: '奶茶一杯', merchantName: merchant.name, state: 'issued', nextAt: null },
      ...{ voucher: { state: 'issued', usedAt: null }, verifications: [], ledger: 'found' },
      hold: { state: 'held', amountPoints: 8, entries: [{ kind: 'placed', amountPoints: 8 }] },
    });
    expect(await stepsOf(redemptionId)).toEqual(['requested', 'held', 'reserved', 'issued']);
    const code = await house.codeOf(seen.voucher?.id ?? '', resident);
    expect(JSON.stringify(seen)).not.toContain(resident.personId);
    await house.verify(code, clerk);
    const verified = [{ operatorRole: 'merchant-clerk', shopId: null }];
    expect(await read(redemptionId)).toMatchObject({
      voucher: { state: 'used' },
      verifications: verified,
    });
    const benefitId = benefit.id;
    expect(await list({ benefitId, state: 'verified' })).toEqual([redemptionId]);
    expect(await list({ voucherNumber: code.slice(0, 8) })).toEqual([redemptionId]);
    expect(await list({ merchantId: merchant.id, state: 'failed' })).toEqual([]);
  });

  it('tells of tries, dead letters and its end, also while points do not answer', async () => {
    const { redemptionId, resident } = await house.ask();
    await house.step(redemptionRequested, { redemptionId });
    const letter = { event_id: idToBinary(newId()), producer: 'rewards', request_id: 'request-1' };
    const payload = JSON.stringify({ redemptionId });
    const rest = { event_name: 'rewards.redemption-held', payload, reason: 'Error: …' };
    const died = { died_at: new Date(), replayed_at: null };
    await house.db
      .insertInto('rewards_dead_letter')
      .values({ ...letter, ...rest, ...died })
      .execute();
    house.points.trouble.isDown = true;
    expect(await read(redemptionId)).toMatchObject({
      ...{ state: 'held', drives: 0, ledger: 'unavailable', hold: null, holder: null },
      deadLetters: [{ eventName: 'rewards.redemption-held' }],
    });
    house.points.trouble.isDown = false;
    await house.cancel(redemptionId, resident);
    await house.step(redemptionReleased, { redemptionId });
    expect(await read(redemptionId)).toMatchObject({
      ...{ state: 'cancelled', ledger: 'found', hold: { state: 'voided' } },
      endedAt: expect.any(String),
    });
    expect((await stepsOf(redemptionId)).slice(2).sort()).toEqual(['released', 'voided']);
  });

  it('is for staff of the area alone', async () => {
    const { redemptionId, resident, clerk, benefit } = await house.ask();
    await expect(read(redemptionId, stranger)).rejects.toMatchObject({ slug: 'not-found' });
    for (const by of [resident, clerk]) {
      await expect(read(redemptionId, by)).rejects.toMatchObject({ slug: 'forbidden' });
      await expect(list({}, by)).rejects.toMatchObject({ slug: 'forbidden' });
    }
    expect(await list({ benefitId: benefit.id }, stranger)).toEqual([]);
    expect(await list({ benefitId: benefit.id }, house.officer)).toEqual([redemptionId]);
  });
});
