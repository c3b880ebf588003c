import { parseCivilDate } from '@ddp/calendar/civil-date';
import { expect, it } from 'vitest';
import { periodsOf } from './quota-periods.ts';

const none = { perPersonPerDay: null, perPersonPerWeek: null, perPersonInTotal: null };

it('counts a request in the month, and in each other period that has a limit', () => {
  const today = parseCivilDate('2026-12-31');
  const month = { period: '2026-12', limit: 2 };
  expect(periodsOf({ ...none, perPersonPerMonth: 2 }, today)).toEqual([month]);
  const limits = { perPersonPerDay: 1, perPersonPerWeek: 3, perPersonInTotal: 9 };
  expect(periodsOf({ ...limits, perPersonPerMonth: 2 }, today)).toEqual([
    { period: '2026-12-31', limit: 1 },
    { period: '2026-W53', limit: 3 },
    month,
    { period: 'total', limit: 9 },
  ]);
});

it('keeps the days around a new year in one week', () => {
  const weeks = ['2026-12-31', '2027-01-03'].map((day) => {
    const limits = { ...none, perPersonPerWeek: 1, perPersonPerMonth: 1 };
    return periodsOf(limits, parseCivilDate(day))[0]?.period;
  });
  expect(weeks).toEqual(['2026-W53', '2026-W53']);
});
