import { listBudgets } from '@ddp/contracts/rewards/budget-routes';
import { listBenefits } from '@ddp/contracts/rewards/routes';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';
import {
  act,
  acts,
  bringAll,
  countOffered,
  listRedemptions,
  openWorld,
  pricePoints,
  startPoints,
  stock,
  sweep,
  type World,
} from './world.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ isManual: true, undoMinutes: 10 });
});
afterAll(() => house?.stop());

/** More often what begins something and brings it on, so that there is something to disturb. */
const weights: Record<string, number> = {
  ...{ ask: 12, bring: 30, verify: 16, undo: 8, offer: 12, answer: 12, assist: 6, print: 5 },
  ...{ wait: 6, take: 6, erase: 1, days: 2, budget: 2, pause: 2 },
};
const name = fc.oneof(
  ...Object.keys(acts).map((one) => ({ arbitrary: fc.constant(one), weight: weights[one] ?? 3 })),
);
const move = fc.tuple(name, fc.nat(50), fc.nat(50));
/** One thing at a time, or two at once. */
const course = fc.array(fc.array(move, { minLength: 1, maxLength: 2 }), {
  ...{ minLength: 20, maxLength: 36, size: 'max' as const },
});

/** Points answer again, and time passes until nothing is left to happen. */
async function comeToRest(world: World): Promise<void> {
  Object.assign(house.points.trouble, { isDown: false, losesAnswers: false });
  await sweep(world);
  for (let round = 0; round < 12; round += 1) {
    await bringAll(world);
    const redemptions = await listRedemptions(world);
    const isQuiet = redemptions.every(({ state, nextAt }) => state !== 'issued' && nextAt === null);
    if (isQuiet && (await countOffered(world)) === 0) return;
    house.clock.advanceMs(3 * 86_400_000);
    await sweep(world);
  }
  throw new Error('something never ends');
}

/** Stock, budget and points are where they were, but for what was verified and is paid. */
async function expectAllBack(world: World): Promise<void> {
  const redemptions = await listRedemptions(world);
  const verified = redemptions.filter(({ state }) => state === 'verified');
  for (const { id, state } of redemptions) {
    const hold = house.points.holds.get(id)?.state;
    expect(state === 'verified' ? [hold] : [undefined, 'voided'], state).toContain(hold);
  }
  for (const { id } of verified) expect(house.points.holds.get(id)?.state).toBe('posted');
  const holds = [...house.points.holds.values()];
  for (const { person } of world.neighbours) {
    const { personId } = person;
    const paid = holds.filter((one) => one.personId === personId && one.state === 'posted');
    const left = startPoints - paid.length * pricePoints;
    expect(house.points.people.get(personId)?.points).toBe(left);
  }
  const query = { limit: 100 };
  const { items } = await house.call(listBenefits, { query }, house.officer);
  const benefit = items.find(({ id }) => id === world.benefitId);
  expect(benefit?.available).toBe(2 * stock - verified.length);
  const budgets = await house.call(listBudgets, { query }, house.officer);
  const budget = budgets.items.find(({ id }) => id === world.budgetId);
  const spent = verified.length * pricePoints;
  expect(budget?.budgetPoints).toMatchObject({ reserved: 0, spent });
}

it('points, stock, quota and budget stay true whatever anybody does in whatever order, and come back together', async () => {
  const property = fc.asyncProperty(course, async (moves) => {
    const world = await openWorld(house);
    for (const together of moves) {
      await Promise.all(together.map(([what, a, b]) => act(world, what, a, b)));
      expect(await house.findBroken()).toEqual([]);
    }
    await comeToRest(world);
    await expectAllBack(world);
    expect(await house.findBroken()).toEqual([]);
  });
  await fc.assert(property, { numRuns: 4, endOnFailure: true });
}, 240_000);
