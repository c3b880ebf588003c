import fc from 'fast-check';
import { expect, it } from 'vitest';
import { levelShelves } from './level-shelves.ts';

const merchants = fc.array(
  fc.record({ initialStock: fc.nat(9), reserved: fc.nat(6), sold: fc.nat(6) }),
  { minLength: 1, maxLength: 5 },
);
const sum = <K extends string>(rows: readonly Record<K, number>[], key: K) =>
  rows.reduce((total, row) => total + row[key], 0);

it('leaves each merchant what it has not given away, and makes and loses no piece', () => {
  const property = fc.property(merchants, (rows) => {
    const named = rows.map((row, index) => ({ ...row, merchantId: String(index) }));
    const levelled = levelShelves(named);
    const hasEnough = sum(rows, 'initialStock') >= sum(rows, 'reserved') + sum(rows, 'sold');
    expect(levelled !== null).toBe(hasEnough);
    if (levelled === null) return;
    expect(sum(levelled, 'initialStock')).toBe(sum(rows, 'initialStock'));
    for (const [index, one] of levelled.entries()) {
      expect(one.available).toBeGreaterThanOrEqual(0);
      expect(one.initialStock).toBe(one.available + one.reserved + one.sold);
      expect(one).toMatchObject({ reserved: rows[index]?.reserved, sold: rows[index]?.sold });
    }
  });
  fc.assert(property, { numRuns: 300 });
});

it('takes from the merchant with most left, and from nobody where nobody is short', () => {
  const row = (merchantId: string, initialStock: number, sold: number) => ({
    ...{ merchantId, initialStock, reserved: 0, sold },
  });
  expect(levelShelves([row('a', 1, 2), row('b', 3, 0), row('c', 9, 0)])).toMatchObject([
    { initialStock: 2, available: 0 },
    { initialStock: 3, available: 3 },
    { initialStock: 8, available: 8 },
  ]);
  expect(levelShelves([row('a', 2, 2)])).toMatchObject([{ initialStock: 2, available: 0 }]);
});
