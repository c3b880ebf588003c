import { personErased } from '@ddp/contracts/identity/events';
import { createBudget } from '@ddp/contracts/rewards/budget-routes';
import { readDayTotals } from '@ddp/contracts/rewards/counter-routes';
import {
  redemptionHeld,
  redemptionReleased,
  redemptionRequested,
  redemptionReserved,
  voucherVerified,
} from '@ddp/contracts/rewards/events';
import * as routes from '@ddp/contracts/rewards/routes';
import { readVoucherSettings, setVoucherSettings } from '@ddp/contracts/rewards/voucher-routes';
import { newId } from '@ddp/db-kit/ids';
import { personAs } from '@ddp/testing/principals';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { expireRedemptions } from '../src/operations/expire-redemptions.ts';
import { resumeRedemptions } from '../src/operations/resume-redemptions.ts';
import { programmeId } from './actors.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ isManual: true, undoMinutes: 10 });
});
afterAll(() => house?.stop());
afterEach(async () => {
  expect(await house.findBroken()).toEqual([]);
});

const minuteMs = 60_000;
const holdOf = (redemptionId: string) => house.points.holds.get(redemptionId)?.state;

/** A voucher that was verified just now, by its code of this moment. */
async function verified(fields: Parameters<House['offer']>[0] = {}) {
  const shop = await house.offer(fields);
  const resident = house.newResident();
  const { id: redemptionId } = await house.redeem(shop.benefit.id, resident);
  for (const event of [redemptionRequested, redemptionHeld, redemptionReserved]) {
    await house.step(event, { redemptionId });
  }
  const voucherId = (await house.read(redemptionId, resident)).voucherId ?? '';
  const code = await house.codeOf(voucherId, resident);
  const verification = await house.verify(code, shop.clerk);
  return { ...shop, resident, redemptionId, voucherId, code, verification };
}

/** Whether it was told that the points of a redemption are to be spent. */
async function isTold(redemptionId: string): Promise<boolean> {
  const rows = await house.db
    .selectFrom('rewards_outbox')
    .select('payload')
    .where('event_name', '=', voucherVerified.name)
    .execute();
  return rows.some(({ payload }) => payload.includes(redemptionId));
}

const availableOf = async (benefitId: string) => {
  const { items } = await house.call(routes.listBenefits, { query: { limit: 100 } }, house.officer);
  return items.find(({ id }) => id === benefitId)?.available;
};

describe('a verification', () => {
  it('is undone by its merchant with a reason: good again by a later code, and then for good', async () => {
    const one = await verified();
    const { redemptionId, resident, voucherId, code, clerk, owner, benefit } = one;
    expect(one.verification).toMatchObject({ undoneAt: null, undoReason: null });
    await house.step(voucherVerified, { redemptionId });
    expect(holdOf(redemptionId)).toBe('held');
    house.clock.advanceMs(2 * minuteMs);
    const undone = await house.undo(one.verification.id, owner);
    expect(undone).toMatchObject({ id: one.verification.id, undoReason: '拿错了商品' });
    expect(undone.undoneAt).not.toBeNull();
    expect(await house.face(voucherId, resident)).toMatchObject({ state: 'issued', usedAt: null });
    expect(await house.listNotices(resident.personId)).toEqual([
      ...['voucher-issued', 'voucher-verified', 'verification-undone'],
    ]);
    expect(await house.findBroken()).toEqual([]);

    const again = await house.verify(await house.codeOf(voucherId, resident), clerk);
    await expect(house.verify(code, clerk)).rejects.toMatchObject({ slug: 'voucher-invalid' });
    await expect(house.undo(again.id, owner)).rejects.toMatchObject({ slug: 'undone-already' });
    await house.step(voucherVerified, { redemptionId });
    expect(holdOf(redemptionId)).toBe('posted');
    expect(house.points.people.get(resident.personId)?.points).toBe(92);
    expect(await availableOf(benefit.id)).toBe(4);
    const seen = await house.call(routes.listVerifications, {}, owner);
    expect(seen.items.map(({ id, undoneAt }) => [id, undoneAt !== null])).toEqual([
      [again.id, false],
      [undone.id, true],
    ]);
    const day = '2026-11-10';
    const query = { fromOn: day, toOn: day };
    const totals = await house.call(readDayTotals, { query }, owner);
    expect(totals.items).toMatchObject([{ verified: 1 }]);
  });

  it('shown again at once after an undo is refused as stale, and is no wrong guess', async () => {
    const { verification, clerk, code, voucherId, resident } = await verified();
    await house.undo(verification.id, clerk);
    for (let time = 0; time < 7; time += 1) {
      await expect(house.verify(code, clerk)).rejects.toMatchObject({ slug: 'voucher-invalid' });
    }
    house.clock.advanceMs(30_000);
    await house.verify(await house.codeOf(voucherId, resident), clerk);
  });

  it('cannot be undone after ten minutes, when the sweep has its points spent', async () => {
    const { verification, clerk, redemptionId, resident } = await verified();
    house.clock.advanceMs(9 * minuteMs);
    await resumeRedemptions(house.deps);
    expect(await isTold(redemptionId)).toBe(false);
    house.clock.advanceMs(minuteMs + 1_500);
    const refusal = { slug: 'undo-over' };
    await expect(house.undo(verification.id, clerk)).rejects.toMatchObject(refusal);
    await resumeRedemptions(house.deps);
    expect(await isTold(redemptionId)).toBe(true);
    await house.step(voucherVerified, { redemptionId });
    expect(holdOf(redemptionId)).toBe('posted');
    expect(house.points.people.get(resident.personId)?.points).toBe(92);
    // A clock that goes back opens nothing again.
    house.clock.advanceMs(-5 * minuteMs);
    await expect(house.undo(verification.id, clerk)).rejects.toMatchObject(refusal);
    house.clock.advanceMs(5 * minuteMs);
  });

  it('is undone once, however often and by how many at once it is asked', async () => {
    const { verification, clerk, owner, resident } = await verified();
    const key = newId();
    const all = await Promise.allSettled([
      house.undo(verification.id, clerk, key),
      house.undo(verification.id, clerk, key),
      house.undo(verification.id, owner),
      house.undo(verification.id, owner),
    ]);
    const refused = all.flatMap((one) => (one.status === 'rejected' ? [one.reason.slug] : []));
    expect(new Set(refused)).toEqual(new Set(['undone-already']));
    expect([2, 3]).toContain(refused.length);
    const notices = await house.listNotices(resident.personId);
    expect(notices.filter((one) => one === 'verification-undone')).toHaveLength(1);
  });

  it('is undone by nobody else, and not without a reason', async () => {
    const { verification, clerk, resident } = await verified();
    const other = await house.openShop();
    const undo = (by: typeof clerk) => house.undo(verification.id, by);
    await expect(undo(other.owner)).rejects.toMatchObject({ slug: 'not-found' });
    await expect(undo(resident)).rejects.toMatchObject({ slug: 'forbidden' });
    await expect(undo(house.officer)).rejects.toMatchObject({ slug: 'forbidden' });
    await expect(house.undo(verification.id, clerk, newId(), '')).rejects.toMatchObject({
      slug: 'invalid-request',
    });
    await expect(house.undo(newId(), clerk)).rejects.toMatchObject({ slug: 'not-found' });
  });
});

describe('a voucher whose verification was undone', () => {
  async function undone() {
    const body = { sponsor: '商会', areaCode: '150603', pointsLimit: 50, centsLimit: 5_000 };
    const budget = await house.call(createBudget, { body }, house.officer);
    const one = await verified({ budgetId: budget.id, unitValueCents: 800 });
    await house.undo(one.verification.id, one.clerk);
    return one;
  }

  async function expectAllBack({
    redemptionId,
    resident,
    benefit,
  }: Awaited<ReturnType<typeof undone>>) {
    await house.step(redemptionReleased, { redemptionId });
    expect(holdOf(redemptionId)).toBe('voided');
    expect(house.points.people.get(resident.personId)?.points).toBe(100);
    expect(await availableOf(benefit.id)).toBe(5);
  }

  it('can be given up, and everything goes back', async () => {
    const one = await undone();
    await house.cancel(one.redemptionId, one.resident);
    await expectAllBack(one);
  });

  it('expires as it would have, and everything goes back', async () => {
    const one = await undone();
    const startedAt = house.clock.now();
    house.clock.advanceMs(32 * 24 * 60 * minuteMs);
    await expireRedemptions(house.deps);
    await expectAllBack(one);
    house.clock.setTo(startedAt);
  });
});

it('is not undone for a person who has left, and is paid for when the time is over', async () => {
  const { verification, clerk, redemptionId, resident } = await verified();
  await house.step(personErased, { personId: resident.personId });
  await expect(house.undo(verification.id, clerk)).rejects.toMatchObject({ slug: 'undo-over' });
  await house.step(voucherVerified, { redemptionId });
  expect(holdOf(redemptionId)).toBe('posted');
});

it('an undo and the posting at the end of its time have one winner', async () => {
  for (let round = 0; round < 4; round += 1) {
    const { verification, clerk, redemptionId } = await verified();
    house.clock.advanceMs(10 * minuteMs - 30);
    const [undo] = await Promise.allSettled([
      house.undo(verification.id, clerk),
      new Promise((resolve) => setTimeout(resolve, round * 12)).then(() =>
        house.step(voucherVerified, { redemptionId }),
      ),
    ]);
    house.clock.advanceMs(minuteMs);
    if (undo.status === 'rejected') await house.step(voucherVerified, { redemptionId });
    expect(holdOf(redemptionId)).toBe(undo.status === 'fulfilled' ? 'held' : 'posted');
  }
});

describe('the settings of vouchers', () => {
  it('are set by officers over the whole programme, and read by those who take part', async () => {
    const city = personAs('city-officer', { areaPaths: ['/1506/'], programmeId });
    const set = (undoMinutes: number, by = city) =>
      house.call(setVoucherSettings, { body: { undoMinutes } }, by);
    expect((await set(5)).undoMinutes).toBe(5);
    const read = () => house.call(readVoucherSettings, {}, house.newResident());
    expect((await read()).undoMinutes).toBe(5);
    const { verification } = await verified();
    const until = Date.parse(verification.undoUntil ?? '');
    expect(until - Date.parse(verification.verifiedAt)).toBe(5 * minuteMs);
    await expect(set(61)).rejects.toMatchObject({ slug: 'invalid-request' });
    await expect(set(5, house.approver)).rejects.toMatchObject({ slug: 'forbidden' });
    await expect(set(5, house.officer)).rejects.toMatchObject({ slug: 'not-found' });
    await set(10);
  });
});
