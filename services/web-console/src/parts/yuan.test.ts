import { describe, expect, it } from 'vitest';
import { centsOf, yuanOf } from './yuan.ts';

describe('yuan as they are typed', () => {
  it('are whole cents, exactly', () => {
    for (const cents of [0, 1, 10, 99, 100, 1_999, 123_456_78]) {
      expect(centsOf(yuanOf(cents))).toBe(cents);
    }
    expect(centsOf(' 12.5 ')).toBe(1_250);
    expect(centsOf('0.29')).toBe(29);
  });
  it('are nothing where they are no amount', () => {
    for (const text of [undefined, '', '1.234', '-1', '1,000', 'abc', '.5']) {
      expect(centsOf(text)).toBeUndefined();
    }
  });
});
