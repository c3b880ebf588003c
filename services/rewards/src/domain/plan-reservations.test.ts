import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planReservations, type ShareLeft, type Wish } from './plan-reservations.ts';

const wish = (id: string, more: Partial<Wish> = {}): Wish => ({
  ...{ id, benefitId: 'tea', merchantId: null, budgetId: null, points: 10, cents: 500 },
  ...more,
});
const share = (
  merchantId: string,
  available: number,
  more: Partial<ShareLeft> = {},
): ShareLeft => ({
  ...{ benefitId: 'tea', merchantId, merchantState: 'active', available },
  ...more,
});
const outcomes = (...args: Parameters<typeof planReservations>) =>
  [...planReservations(...args).values()].map(({ merchantId, failure }) => merchantId ?? failure);

describe('who gets a piece', () => {
  test('goes by the order of the wishes, to the merchant with most stock', () => {
    const wishes = ['1', '2', '3', '4'].map((id) => wish(id));
    expect(outcomes(wishes, new Map(), [share('a', 1), share('b', 2)])).toEqual([
      ...['b', 'a', 'b', 'sold-out'],
    ]);
  });

  test('is the one that was chosen, whoever else has more', () => {
    const wishes = [wish('1', { merchantId: 'a' }), wish('2', { merchantId: 'a' })];
    expect(outcomes(wishes, new Map(), [share('a', 1), share('b', 9)])).toEqual(['a', 'sold-out']);
  });

  test('is never a merchant that pauses, and that is told apart from what is sold out', () => {
    const shares = [share('a', 5, { merchantState: 'paused' }), share('b', 0)];
    expect(outcomes([wish('1')], new Map(), shares)).toEqual(['merchant-paused']);
    const chosen = [wish('1', { merchantId: 'b' })];
    expect(outcomes(chosen, new Map(), shares)).toEqual(['sold-out']);
  });

  test('leaves the budget alone where there is no piece, and the piece where the budget ends', () => {
    const budget = { isOpen: true, points: 10, cents: null };
    const wishes = [
      wish('1', { benefitId: 'book', budgetId: 'b' }),
      wish('2', { budgetId: 'b' }),
      wish('3', { budgetId: 'b' }),
      wish('4'),
    ];
    expect(outcomes(wishes, new Map([['b', budget]]), [share('a', 2)])).toEqual([
      ...['sold-out', 'a', 'budget-exhausted', 'a'],
    ]);
    const closed = new Map([['b', { isOpen: false, points: null, cents: null }]]);
    expect(outcomes([wish('1', { budgetId: 'b' })], closed, [share('a', 1)])).toEqual([
      'budget-exhausted',
    ]);
    expect(outcomes([wish('1', { budgetId: 'gone' })], closed, [share('a', 1)])).toEqual([
      'budget-exhausted',
    ]);
  });

  test('gives out all that is there and no more, together as one by one', () => {
    const wishes = fc.array(
      fc.record({
        benefitId: fc.constantFrom('tea', 'book'),
        merchantId: fc.constantFrom(null, 'a', 'b'),
        budgetId: fc.constantFrom(null, 'x'),
        points: fc.integer({ min: 1, max: 9 }),
        cents: fc.integer({ min: 0, max: 9 }),
      }),
      { maxLength: 30 },
    );
    const left = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 4, maxLength: 4 });
    const points = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(wishes, left, points, (wanted, stocks, budgetPoints) => {
        const numbered = wanted.map((one, index) => ({ ...one, id: String(index) }));
        const shares = stocks.map((available, index) =>
          share(index % 2 === 0 ? 'a' : 'b', available, { benefitId: index < 2 ? 'tea' : 'book' }),
        );
        const budgets = new Map([['x', { isOpen: true, points: budgetPoints, cents: null }]]);
        const together = planReservations(numbered, budgets, shares);
        for (const one of numbered) {
          const got = planReservations([one], budgets, shares).get(one.id);
          expect(together.get(one.id)).toEqual(got);
          if (got?.merchantId == null) continue;
          const taken = shares.find(
            (s) => s.benefitId === one.benefitId && s.merchantId === got.merchantId,
          );
          if (taken) taken.available -= 1;
          const budget = one.budgetId === null ? undefined : budgets.get(one.budgetId);
          if (budget) budget.points -= one.points;
        }
        expect(shares.every(({ available }) => available >= 0)).toBe(true);
        expect(budgets.get('x')?.points).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
