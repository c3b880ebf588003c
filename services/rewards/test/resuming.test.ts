import { redemptionReleased, redemptionRequested } from '@ddp/contracts/rewards/events';
import { idToBinary } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { resumeRedemptions } from '../src/operations/resume-redemptions.ts';
import { claimStalledRedemption, listStalledRedemptions } from '../src/store/due-redemptions.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let still: House;
beforeAll(async () => {
  house = await openHouse();
  still = await openHouse({ isManual: true });
});
afterAll(async () => {
  await house?.stop();
  await still?.stop();
});
afterEach(async () => {
  Object.assign(house.points.trouble, { isDown: false, isBroken: false });
  expect(await house.findBroken()).toEqual([]);
  expect(await still.findBroken()).toEqual([]);
});

const buried = async () =>
  (await house.db.selectFrom('rewards_dead_letter').select('event_id').execute()).length;

it('a redemption waits for points that are away, and nothing is buried', async () => {
  const before = await buried();
  house.points.trouble.isDown = true;
  const { benefit } = await house.offer();
  const resident = house.newResident();
  const { id } = await house.redeem(benefit.id, resident);
  // Three calls a try, five tries, and on.
  await eventually(async () => house.points.refusals() > 15);
  expect((await house.read(id, resident)).state).toBe('requested');
  house.points.trouble.isDown = false;
  await house.reach(id, resident, 'issued');
  expect(await buried()).toBe(before);
});

it('a redemption whose step was buried by a fault of points goes on when it is mended', async () => {
  house.points.trouble.isBroken = true;
  const before = await buried();
  const { benefit } = await house.offer();
  const resident = house.newResident();
  const { id } = await house.redeem(benefit.id, resident);
  await eventually(async () => (await buried()) === before + 1);
  expect((await house.read(id, resident)).state).toBe('requested');
  house.points.trouble.isBroken = false;
  house.clock.advanceMs(150_000);
  await house.reach(id, resident, 'issued');
});

it('points of a verified voucher are spent, and those of a cancelled one given back, later too', async () => {
  const spent = await house.issue();
  const given = await house.issue();
  house.points.trouble.isBroken = true;
  const before = await buried();
  await house.verify(await house.codeOf(spent.voucherId, spent.resident), spent.clerk);
  await house.cancel(given.redemptionId, given.resident);
  await eventually(async () => (await buried()) === before + 2);
  house.points.trouble.isBroken = false;
  house.clock.advanceMs(150_000);
  const holdOf = (id: string) => house.points.holds.get(id)?.state;
  await eventually(async () => holdOf(spent.redemptionId) === 'posted');
  await eventually(async () => holdOf(given.redemptionId) === 'voided');
});

it('a redemption that points never answer for is given up after a day', async () => {
  house.points.trouble.isDown = true;
  const { benefit } = await house.offer();
  const resident = house.newResident();
  const { id } = await house.redeem(benefit.id, resident);
  house.clock.advanceMs(25 * 3_600_000);
  await house.reach(id, resident, 'expired');
  // The place of the month's quota is free again.
  await house.redeem(benefit.id, resident);
});

it('a hold that may still arrive is looked for until it cannot any more', async () => {
  const { benefit } = await still.offer();
  const resident = still.newResident();
  const { id: redemptionId } = await still.redeem(benefit.id, resident);
  still.points.trouble.isDown = true;
  await expect(still.step(redemptionRequested, { redemptionId })).rejects.toThrow();
  still.points.trouble.isDown = false;
  await still.cancel(redemptionId, resident);
  const nextAt = async () => {
    const row = await still.db
      .selectFrom('rewards_redemption')
      .select(['next_at', 'drives'])
      .where('id', '=', idToBinary(redemptionId))
      .executeTakeFirstOrThrow();
    return row;
  };
  await still.step(redemptionReleased, { redemptionId });
  expect((await nextAt()).next_at).not.toBeNull();
  still.clock.advanceMs(130_000);
  const waiting = async () =>
    (await still.listWaiting()).filter((name) => name === redemptionReleased.name).length;
  const before = await waiting();
  await Promise.all([resumeRedemptions(still.deps), resumeRedemptions(still.deps)]);
  expect(await waiting()).toBe(before + 1);
  expect((await nextAt()).drives).toBe(1);
  // Two sweeps that saw the same row: the second finds it taken.
  still.clock.advanceMs(600_000);
  const { db, clock } = still.deps.store;
  const [seen] = await listStalledRedemptions(db, clock, 1);
  if (!seen) throw new Error('nothing stands still');
  expect(await claimStalledRedemption(db, clock, seen, 60)).toBe(true);
  expect(await claimStalledRedemption(db, clock, seen, 60)).toBe(false);
  await still.step(redemptionReleased, { redemptionId });
  expect((await nextAt()).next_at).toBeNull();
  const calls = still.points.calls.filter((one) => one.id === redemptionId);
  expect(calls.map((one) => one.call)).toEqual(['void', 'void']);
});
