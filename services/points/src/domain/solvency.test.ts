import { expect, it } from 'vitest';
import { decideSolvency } from './solvency.ts';

const books = (outstandingPoints: number, fundedPoints: number, brakeAtPercent: number | null) =>
  decideSolvency({ outstandingPoints, fundedPoints, brakeAtPercent, maturingPoints: 7 });

it.each([
  [100, 100, null, 100, false],
  [100, 100, 100, 100, false],
  [101, 100, 100, 101, true],
  [159, 160, 99, 99, true],
  [80, 100, 80, 80, false],
  [0, 0, 1, null, false],
  [1, 0, 1_000, null, true],
  [1, 0, null, null, false],
  [9_007_199_254_740_991, 9_007_199_254_740_991, 100, 100, false],
])('%i outstanding against %i funded with a brake at %s is %s percent, braked: %s', (...one) => {
  const [outstanding, funded, brakeAtPercent, percent, isBraked] = one;
  expect(books(outstanding, funded, brakeAtPercent)).toMatchObject({ percent, isBraked });
});
