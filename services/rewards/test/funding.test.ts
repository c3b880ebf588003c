import { changeBudget, closeBudget, createBudget } from '@ddp/contracts/rewards/budget-routes';
import { fundingChanged } from '@ddp/contracts/rewards/events';
import * as routes from '@ddp/contracts/rewards/routes';
import { idToBinary } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tellBudgets } from '../src/operations/tell-budgets.ts';
import { tellUntoldFunding } from '../src/operations/tell-funding.ts';
import { programmeId } from './actors.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.stop());

/** What points were told of a benefit, in order. */
async function toldOf(benefitId: string) {
  const rows = await house.db
    .selectFrom('rewards_outbox')
    .select('payload')
    .where('event_name', '=', fundingChanged.name)
    .where('consumer', '=', 'points')
    .orderBy('id')
    .execute();
  return rows
    .map(({ payload }) => fundingChanged.payload.parse(JSON.parse(payload)))
    .filter((one) => one.benefitId === benefitId)
    .map(({ fundedPoints, version, programmeId: of }) => [
      version,
      fundedPoints,
      of === programmeId,
    ]);
}

const withdraw = (id: string) =>
  house.call(routes.withdrawBenefit, { params: { id } }, house.officer);

describe('what a benefit could pay out', () => {
  it('is told when it goes on offer and off, a promised piece staying until it is paid', async () => {
    const { benefit, resident, clerk, voucherId } = await house.issue({ pricePoints: 8, stock: 5 });
    expect(await toldOf(benefit.id)).toEqual([
      [1, 40, true],
      [2, 40, true],
    ]);
    await withdraw(benefit.id);
    const face = await house.call(routes.readVoucher, { params: { id: voucherId } }, resident);
    const body = { code: face.code ?? '' };
    await house.call(routes.verifyVoucher, { body }, clerk);
    expect(await toldOf(benefit.id)).toEqual([
      [1, 40, true],
      [2, 40, true],
      [3, 8, true],
      [4, 0, true],
    ]);
  });

  it('is told again when a piece comes back', async () => {
    const { benefit, resident, redemptionId } = await house.issue();
    await house.cancel(redemptionId, resident);
    expect(await toldOf(benefit.id)).toEqual([
      [1, 40, true],
      [2, 40, true],
      [3, 40, true],
    ]);
  });

  it('is not told of a draft, nor of a change that did not happen', async () => {
    const { merchant } = await house.openShop();
    const terms = { kind: 'goods' as const, pricePoints: 8, stock: 5, payer: 'donated' as const };
    const body = { title: '奶茶一杯', merchantId: merchant.id, ...terms };
    const draft = await house.call(routes.createBenefit, { body }, house.officer);
    expect(await toldOf(draft.id)).toEqual([]);
    await expect(withdraw(draft.id)).rejects.toMatchObject({ slug: 'conflict' });
    expect(await toldOf(draft.id)).toEqual([]);
  });

  it('is told after every change, however many happen at once, and each has its own version', async () => {
    const { benefit } = await house.offer({ stock: 12 });
    const residents = Array.from({ length: 12 }, () => house.newResident());
    await Promise.all(
      residents.map(async (resident) => {
        const { id } = await house.redeem(benefit.id, resident);
        await house.reach(id, resident, 'issued');
      }),
    );
    const told = await toldOf(benefit.id);
    const versions = told.map(([version]) => Number(version)).sort((a, b) => a - b);
    // Pieces that were set aside together are one change.
    expect(versions).toEqual(versions.map((_one, index) => index + 1));
    const { funding_version: last } = await house.db
      .selectFrom('rewards_benefit')
      .select('funding_version')
      .where('id', '=', idToBinary(benefit.id))
      .executeTakeFirstOrThrow();
    expect(versions.at(-1)).toBe(last);
    expect(last).toBeGreaterThan(1);
    expect(new Set(told.map(([, funded]) => funded))).toEqual(new Set([96]));
  });

  it('is told once of what was on offer before anybody was told', async () => {
    const { benefit } = await house.offer();
    await house.db.deleteFrom('rewards_outbox').execute();
    await house.db
      .updateTable('rewards_benefit')
      .set({ funding_version: 0 })
      .where('id', '=', idToBinary(benefit.id))
      .execute();
    await Promise.all([tellUntoldFunding(house.deps), tellUntoldFunding(house.deps)]);
    await eventually(async () => (await toldOf(benefit.id)).length > 0);
    expect(await toldOf(benefit.id)).toEqual([[1, 40, true]]);
  });
});

describe('what a sponsor’s budget could pay out', () => {
  const newBudget = (pointsLimit: number) => {
    const body = { sponsor: '康巴什商会', areaCode: '150603', pointsLimit, centsLimit: null };
    return house.call(createBudget, { body }, house.officer);
  };
  /** The points that a benefit or a budget was last told to be able to pay. */
  const last = async (id: string) => (await toldOf(id)).at(-1)?.[1];

  it('is told once for the benefits that share it, beside what each has promised', async () => {
    const { id: budgetId } = await newBudget(100);
    const shared = { budgetId, stock: 50, perPersonPerMonth: 9 };
    const tea = await house.offer({ ...shared, pricePoints: 8 });
    const wash = await house.offer({ ...shared, pricePoints: 5 });
    expect([await last(tea.benefit.id), await last(wash.benefit.id)]).toEqual([0, 0]);
    await Promise.all([tellBudgets(house.deps), tellBudgets(house.deps)]);
    expect(await last(budgetId)).toBe(100);
    const resident = house.newResident();
    const { id } = await house.redeem(tea.benefit.id, resident);
    await house.reach(id, resident, 'issued');
    await tellBudgets(house.deps);
    expect([await last(tea.benefit.id), await last(budgetId)]).toEqual([8, 92]);
    await house.cancel(id, resident);
    await tellBudgets(house.deps);
    expect([await last(tea.benefit.id), await last(budgetId)]).toEqual([0, 100]);
    const versions = (await toldOf(budgetId)).map(([version]) => version);
    expect(new Set(versions).size).toBe(versions.length);
  });

  it('changes at once with its limit, and ends when it closes, but for what is promised', async () => {
    const budget = await newBudget(100);
    const params = { id: budget.id };
    const { benefit } = await house.issue({ budgetId: budget.id, pricePoints: 8, stock: 50 });
    const change = { params, body: { pointsLimit: 50, centsLimit: null } };
    await house.call(changeBudget, change, house.officer);
    expect(await last(budget.id)).toBe(40);
    await house.call(closeBudget, { params }, house.officer);
    expect([await last(benefit.id), await last(budget.id)]).toEqual([8, 0]);
  });

  it('corrects what was told of its benefits before budgets were told of', async () => {
    const budget = await newBudget(100);
    const { benefit } = await house.offer({ budgetId: budget.id, pricePoints: 8, stock: 3 });
    await house.db
      .updateTable('rewards_budget')
      .set({ funding_version: 0, told_points: null })
      .where('id', '=', idToBinary(budget.id))
      .execute();
    await tellBudgets(house.deps);
    expect(await toldOf(budget.id)).toContainEqual([1, 24, true]);
    expect(await toldOf(benefit.id)).toEqual([
      [1, 0, true],
      [2, 0, true],
    ]);
  });
});
