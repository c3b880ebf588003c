import { parseCivilDate } from '@ddp/calendar/civil-date';
import { expect, it } from 'vitest';
import { isRangeValid, lastQuarterBefore, monthsAround } from './quarter.ts';

const day = parseCivilDate;

it.each([
  ['2026-11-24', '2026-07-01', '2026-09-30'],
  ['2026-10-01', '2026-07-01', '2026-09-30'],
  ['2026-09-30', '2026-04-01', '2026-06-30'],
  ['2026-04-01', '2026-01-01', '2026-03-31'],
  ['2026-03-31', '2025-10-01', '2025-12-31'],
])('the quarter that ended last before %s is %s to %s', (today, fromOn, toOn) => {
  expect(lastQuarterBefore(day(today))).toEqual({ fromOn, toOn });
});

it('takes whole months around some days', () => {
  const around = (fromOn: string, toOn: string) =>
    monthsAround({ fromOn: day(fromOn), toOn: day(toOn) });
  expect(around('2026-02-10', '2026-02-10')).toEqual({ fromOn: '2026-02-01', toOn: '2026-02-28' });
  expect(around('2026-11-24', '2026-12-31')).toEqual({ fromOn: '2026-11-01', toOn: '2026-12-31' });
});

it('allows a year at the most, the first day before the last', () => {
  const isValid = (fromOn: string, toOn: string) =>
    isRangeValid({ fromOn: day(fromOn), toOn: day(toOn) });
  expect(isValid('2026-01-01', '2026-01-01')).toBe(true);
  expect(isValid('2026-01-01', '2027-01-01')).toBe(true);
  expect(isValid('2026-01-01', '2027-01-02')).toBe(false);
  expect(isValid('2026-01-02', '2026-01-01')).toBe(false);
});
