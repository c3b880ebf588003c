import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isAgeWithin, isMinorOn, lastMonthOfAge, leastAgeOn, mostAgeOn } from './age.ts';

it('keeps somebody a minor until the month in which they come of age is over', () => {
  expect(isMinorOn('2008-11', '2026-11-30')).toBe(true);
  expect(isMinorOn('2008-11', '2026-12-01')).toBe(false);
});

it('lets an age within limits that it may have', () => {
  expect(isAgeWithin('2010-11', '2026-11-01', { least: 16, most: null })).toBe(true);
  expect(isAgeWithin('2010-12', '2026-11-30', { least: 16, most: null })).toBe(false);
  expect(isAgeWithin('1960-11', '2026-11-30', { least: null, most: 65 })).toBe(true);
  expect(isAgeWithin('1960-10', '2026-11-30', { least: null, most: 65 })).toBe(false);
});

it('counts the age of a birthday between what it is at least and at most', () => {
  const part = (least: number, most: number) =>
    fc.integer({ min: least, max: most }).map((value) => String(value).padStart(2, '0'));
  const day = fc.tuple(part(1950, 2020), part(1, 12), part(1, 28));
  fc.assert(
    fc.property(
      day,
      fc.integer({ min: 2021, max: 2090 }),
      part(1, 12),
      part(1, 28),
      (born, ...on) => {
        const [year, month, date] = [on[0], on[1], on[2]];
        const hadBirthday = `${month}${date}` >= `${born[1]}${born[2]}`;
        const age = year - Number(born[0]) - (hadBirthday ? 0 : 1);
        const [birthMonth, today] = [`${born[0]}-${born[1]}`, `${year}-${month}-${date}`];
        expect(leastAgeOn(birthMonth, today)).toBeLessThanOrEqual(age);
        expect(mostAgeOn(birthMonth, today)).toBeGreaterThanOrEqual(age);
      },
    ),
  );
});

it('knows the last month of birth of those who are of age', () => {
  for (const day of ['2026-11-30', '2026-01-15', '2026-02-01', '2026-12-31']) {
    const last = lastMonthOfAge(day);
    expect(isMinorOn(last, day)).toBe(false);
    const [year = 0, month = 0] = last.split('-').map(Number);
    const next = month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`;
    expect(isMinorOn(next, day)).toBe(true);
  }
});
