import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  civilDateOf,
  compareCivilDates,
  daysBetween,
  isCivilDate,
  isoWeekOf,
  monthOf,
  parseCivilDate,
  startOf,
  weekdayOf,
  yearOf,
} from './civil-date.ts';

const instants = fc.date({
  min: new Date('1992-01-01T00:00:00Z'),
  max: new Date('2150-12-31T00:00:00Z'),
  noInvalidDate: true,
});
const shanghai = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
});

describe('civil dates of Asia/Shanghai', () => {
  it('a day begins at 16:00 UTC of the day before', () => {
    expect(civilDateOf(new Date('2026-02-27T15:59:59.999Z'))).toBe('2026-02-27');
    expect(civilDateOf(new Date('2026-02-27T16:00:00.000Z'))).toBe('2026-02-28');
    expect(startOf(parseCivilDate('2026-02-28'))).toEqual(new Date('2026-02-27T16:00:00.000Z'));
  });

  it('agrees with the time zone database of the runtime', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        expect(civilDateOf(instant)).toBe(shanghai.format(instant));
      }),
    );
  });

  it('every instant lies between the start of its day and the start of the next', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        const day = civilDateOf(instant);
        expect(startOf(day).getTime()).toBeLessThanOrEqual(instant.getTime());
        expect(startOf(addDays(day, 1)).getTime()).toBeGreaterThan(instant.getTime());
      }),
    );
  });

  it('adding days and counting them are inverse, and order follows', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: -5_000, max: 5_000 }), (instant, days) => {
        const from = civilDateOf(instant);
        const to = addDays(from, days);
        expect(daysBetween(from, to)).toBe(days);
        expect(Math.sign(compareCivilDates(to, from))).toBe(Math.sign(days));
        expect(isCivilDate(to)).toBe(true);
      }),
    );
  });

  it.each([
    ['2024-12-30', '2025-W01'],
    ['2026-12-31', '2026-W53'],
    ['2027-01-01', '2026-W53'],
    ['2027-01-04', '2027-W01'],
    ['2023-01-01', '2022-W52'],
  ])('%s lies in ISO week %s', (date, week) => {
    expect(isoWeekOf(parseCivilDate(date))).toBe(week);
  });

  it('names month, year and weekday', () => {
    const date = parseCivilDate('2026-11-22');
    expect([monthOf(date), yearOf(date), weekdayOf(date)]).toEqual(['2026-11', 2026, 7]);
  });

  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-1-01',
    '2026-01-01T00:00',
    '２０２６-01-01',
    '',
    '0000-01-01',
  ])('refuses %j', (text) => {
    expect(isCivilDate(text)).toBe(false);
    expect(() => parseCivilDate(text)).toThrow(RangeError);
  });

  it('gives the same answers whatever the time zone of the process', () => {
    const script = `
      const d = await import(${JSON.stringify(new URL('./civil-date.ts', import.meta.url).href)});
      const w = await import(${JSON.stringify(new URL('./working-days.ts', import.meta.url).href)});
      const at = new Date('2026-02-13T16:30:00Z');
      const day = d.civilDateOf(at);
      console.log(JSON.stringify([day, d.startOf(day), d.isoWeekOf(day), w.isWorkingDay(day),
        w.addWorkingDays(day, 1).date]));`;
    const answers = ['UTC', 'Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati'].map((TZ) =>
      execFileSync(
        process.execPath,
        ['--import', import.meta.resolve('tsx'), '--input-type=module', '-e', script],
        { encoding: 'utf8', env: { TZ } },
      ).trim(),
    );
    expect(new Set(answers)).toEqual(
      new Set([
        JSON.stringify(['2026-02-14', '2026-02-13T16:00:00.000Z', '2026-W07', true, '2026-02-24']),
      ]),
    );
  });
});
