import { describe, expect, it } from 'vitest';
import { breaksOf, shadeOf, shades } from './shades.ts';

describe('the shades of the map', () => {
  it('part scores as they are spoken of, and other figures in steps that can be read off', () => {
    expect(breaksOf('mean', [4.9, 3.2])).toEqual([3.5, 4, 4.3, 4.6]);
    expect(breaksOf('workers', [3, 1])).toEqual([1, 2, 3, 4]);
    expect(breaksOf('hours', [730, 12])).toEqual([200, 400, 600, 800]);
    expect(breaksOf('hours', [0, 0])).toEqual([]);
  });

  it('grow with the value, which begins the shade it reaches', () => {
    const breaks = [1, 2, 3, 4];
    expect([0, 1, 2.5, 4, 99].map((value) => shadeOf(value, breaks))).toEqual([
      ...[shades[0], shades[1], shades[2], shades[4], shades[4]],
    ]);
    expect(shadeOf(0, [])).toBe(shades[0]);
  });
});
