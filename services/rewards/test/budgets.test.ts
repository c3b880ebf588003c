import {
  changeBudget,
  closeBudget,
  createBudget,
  listBudgets,
} from '@ddp/contracts/rewards/budget-routes';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.stop());

const stranger = personAs('banner-officer', { areaPaths: ['/1506/150602/'] });
const budgetBody = (pointsLimit: number | null, centsLimit: number | null) => ({
  ...{ sponsor: '康巴什商会', areaCode: '150603', pointsLimit, centsLimit },
});
const create = (pointsLimit: number | null, centsLimit: number | null, by = house.officer) =>
  house.call(createBudget, { body: budgetBody(pointsLimit, centsLimit) }, by);
const readBudget = async (id: string) => {
  const { items } = await house.call(listBudgets, {}, house.officer);
  return items.find((budget) => budget.id === id);
};

describe('a sponsor’s budget', () => {
  it('is registered once for one key, within the own area, with at least one limit', async () => {
    const key = newId();
    const body = budgetBody(100, null);
    const same = () => house.call(createBudget, { body }, house.officer, key);
    const [a, b] = await Promise.all([same(), same()]);
    expect(a).toEqual(b);
    await expect(create(null, null)).rejects.toMatchObject({ slug: 'invalid-request' });
    await expect(create(1, 1, stranger)).rejects.toMatchObject({ slug: 'not-found' });
    await expect(create(1, 1, house.newResident())).rejects.toMatchObject({ slug: 'forbidden' });
    expect((await house.call(listBudgets, {}, stranger)).items).toEqual([]);
  });

  it('is set aside with a redemption, spent with its voucher, and comes back with another end', async () => {
    const budget = await create(20, 3_000);
    const terms = { budgetId: budget.id, pricePoints: 8, unitValueCents: 1_200, stock: 5 };
    const used = await house.issue(terms);
    expect(await readBudget(budget.id)).toMatchObject({
      budgetPoints: { limit: 20, reserved: 8, spent: 0 },
      budgetCents: { limit: 3_000, reserved: 1_200, spent: 0 },
    });
    await house.verify(await house.codeOf(used.voucherId, used.resident), used.clerk);
    const other = house.newResident();
    const { id } = await house.redeem(used.benefit.id, other);
    await house.reach(id, other, 'issued');
    const third = house.newResident();
    await expect(house.redeem(used.benefit.id, third)).rejects.toMatchObject({
      slug: 'budget-exhausted',
    });
    await house.cancel(id, other);
    expect(await readBudget(budget.id)).toMatchObject({
      budgetPoints: { reserved: 0, spent: 8 },
      budgetCents: { reserved: 0, spent: 1_200 },
    });
    const again = await house.redeem(used.benefit.id, third);
    await house.reach(again.id, third, 'issued');
    expect(await house.findBroken()).toEqual([]);
  });

  it('is never exceeded by those who come at once: the rest fail and get their points back', async () => {
    const budget = await create(null, 3_000);
    const { benefit } = await house.offer({
      ...{ budgetId: budget.id, unitValueCents: 1_000, stock: 50, pricePoints: 5 },
    });
    const residents = Array.from({ length: 8 }, () => house.newResident());
    const states = await Promise.all(
      residents.map(async (resident) => {
        const asked = await house.redeem(benefit.id, resident).catch(() => null);
        if (asked === null) return 'refused';
        return eventually(async () => {
          const seen = await house.read(asked.id, resident);
          if (seen.state === 'failed') return `failed: ${seen.failure}`;
          return seen.state === 'issued' ? 'issued' : null;
        });
      }),
    );
    expect(states.filter((state) => state === 'issued')).toHaveLength(3);
    const others = states.filter((state) => state !== 'issued' && state !== 'refused');
    expect(new Set(others).size <= 1).toBe(true);
    for (const state of others) expect(state).toBe('failed: budget-exhausted');
    expect((await readBudget(budget.id))?.budgetCents).toMatchObject({ reserved: 3_000, spent: 0 });
    expect(await house.findBroken()).toEqual([]);
  });

  it('changes, but not below what is taken; closed, it takes no new redemption', async () => {
    const budget = await create(100, null);
    const { benefit } = await house.issue({ budgetId: budget.id, pricePoints: 8, stock: 5 });
    const params = { id: budget.id };
    const change = (pointsLimit: number | null, by = house.officer) =>
      house.call(changeBudget, { params, body: { pointsLimit, centsLimit: null } }, by);
    await expect(change(7)).rejects.toMatchObject({ slug: 'budget-below-use' });
    expect((await change(8)).budgetPoints.limit).toBe(8);
    await expect(change(9, stranger)).rejects.toMatchObject({ slug: 'not-found' });
    const close = (by = house.officer) => house.call(closeBudget, { params }, by);
    await expect(close(stranger)).rejects.toMatchObject({ slug: 'not-found' });
    expect((await close()).state).toBe('closed');
    await expect(close()).rejects.toMatchObject({ slug: 'conflict' });
    await expect(change(100)).rejects.toMatchObject({ slug: 'conflict' });
    await expect(house.redeem(benefit.id, house.newResident())).rejects.toMatchObject({
      slug: 'budget-exhausted',
    });
    await expect(house.offer({ budgetId: budget.id })).rejects.toMatchObject({
      slug: 'unknown-budget',
    });
    const { rows } = await sql`SELECT action FROM rewards_audit WHERE object_id = ${budget.id}
      ORDER BY id`.execute(house.db);
    expect(rows.map((row) => (row as { action: string }).action)).toEqual([
      ...['create-budget', 'change-budget', 'close-budget'],
    ]);
  });
});

describe('limits for a person', () => {
  it('hold for a day, a week and altogether, and a place comes back with a cancellation', async () => {
    const limits = { perPersonPerDay: 1, perPersonPerWeek: 2, perPersonInTotal: 3 };
    const { benefit } = await house.offer({ ...limits, perPersonPerMonth: 100, stock: 50 });
    const resident = house.newResident({ points: 1_000, standing: 0 });
    const redeem = async () => {
      const { id } = await house.redeem(benefit.id, resident);
      await house.reach(id, resident, 'issued');
      return id;
    };
    const refused = () =>
      expect(house.redeem(benefit.id, resident)).rejects.toMatchObject({ slug: 'limit-reached' });
    const days = (count: number) => house.clock.advanceMs(count * 86_400_000);
    await house.cancel(await redeem(), resident);
    await redeem();
    await refused();
    days(1);
    await redeem();
    await refused();
    days(1);
    await refused();
    days(7);
    await redeem();
    days(14);
    await refused();
    expect(await house.findBroken()).toEqual([]);
  });
});
