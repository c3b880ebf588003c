import { expect, it } from 'vitest';
import { endOfWorkingDay } from './settlement-clock.ts';

it('ends with the n-th working day in Asia/Shanghai, weekends left out', () => {
  // A Tuesday, 1 December 2026; ten working days on is Tuesday the fifteenth.
  const { at, beyondData } = endOfWorkingDay(new Date('2026-11-30T16:40:00Z'), 10);
  expect(at).toEqual(new Date('2026-12-15T16:00:00Z'));
  expect(beyondData).toBe(false);
});
