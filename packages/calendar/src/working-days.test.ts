import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type CivilDate, civilDateOf, daysBetween, parseCivilDate } from './civil-date.ts';
import { addWorkingDays, coveredYears, isWorkingDay } from './working-days.ts';

const covered = fc
  .date({
    min: new Date('2005-01-01T00:00:00Z'),
    max: new Date('2026-06-30T00:00:00Z'),
    noInvalidDate: true,
  })
  .map(civilDateOf);
const count = fc.integer({ min: 0, max: 40 });

function countWorkingDays(after: CivilDate, until: CivilDate): number {
  let found = 0;
  for (let day = addDays(after, 1); day <= until; day = addDays(day, 1)) {
    if (isWorkingDay(day)) found += 1;
  }
  return found;
}

describe('working days', () => {
  it.each([
    ['2026-02-14', true, 'a Saturday worked for the Spring Festival'],
    ['2026-02-16', false, 'a Monday of the Spring Festival'],
    ['2026-10-01', false, 'National Day'],
    ['2026-10-10', true, 'a Saturday worked for National Day'],
    ['2026-11-21', false, 'a Saturday'],
    ['2026-11-23', true, 'a Monday'],
  ])('%s: %s, %s', (date, works) => {
    expect(isWorkingDay(parseCivilDate(date))).toBe(works);
  });

  it('counts over a long holiday and its make-up days', () => {
    expect(addWorkingDays(parseCivilDate('2026-02-13'), 3)).toEqual({
      date: '2026-02-25',
      beyondData: false,
    });
    expect(addWorkingDays(parseCivilDate('2026-02-25'), -3).date).toBe('2026-02-13');
  });

  it('lands on a working day, exactly n of them further on', () => {
    fc.assert(
      fc.property(covered, count, (start, n) => {
        const { date, beyondData } = addWorkingDays(start, n);
        expect(beyondData).toBe(false);
        expect(n === 0 || isWorkingDay(date)).toBe(true);
        expect(countWorkingDays(start, date)).toBe(n);
        expect(daysBetween(start, date)).toBeGreaterThanOrEqual(n);
      }),
    );
  });

  it('counting in two steps is counting in one', () => {
    fc.assert(
      fc.property(covered, count, count, (start, a, b) => {
        expect(addWorkingDays(addWorkingDays(start, a).date, b)).toEqual(
          addWorkingDays(start, a + b),
        );
      }),
    );
  });

  it('says so when it leaves the years whose holidays are known, and still answers by weekday', () => {
    const { from, to } = coveredYears();
    expect(from).toBe(2004);
    expect(to).toBeGreaterThanOrEqual(2026);
    const lastDay = parseCivilDate(`${to}-12-31`);
    expect(addWorkingDays(lastDay, 0).beyondData).toBe(false);
    const after = addWorkingDays(lastDay, 15);
    expect(after.beyondData).toBe(true);
    expect(isWorkingDay(after.date)).toBe(true);
    expect(addWorkingDays(parseCivilDate(`${from - 1}-06-01`), 1).beyondData).toBe(true);
  });

  it.each([1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses %s days', (n) => {
    expect(() => addWorkingDays(parseCivilDate('2026-01-01'), n)).toThrow(RangeError);
  });
});
