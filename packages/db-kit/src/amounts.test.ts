import { describe, expect, it } from 'vitest';
import { toSafeInteger } from './amounts.ts';

describe('toSafeInteger', () => {
  it.each([
    [0, 0],
    [-7, -7],
    ['12', 12],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
    [12n, 12],
    [null, 0],
  ])('takes %s', (value, number) => {
    expect(toSafeInteger(value)).toBe(number);
  });

  it.each([
    '9007199254740993',
    2n ** 63n,
    2 ** 53,
    1.5,
    '1.5',
    'twelve',
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ])('refuses %s instead of rounding it', (value) => {
    expect(() => toSafeInteger(value)).toThrow(RangeError);
  });
});
