import { createRequire } from 'node:module';
import { addDays, type CivilDate, weekdayOf, yearOf } from './civil-date.ts';

/** A day found by counting working days. */
export interface WorkingDayResult {
  date: CivilDate;
  /**
   * The count left the years whose holidays are known, so that weekdays alone decided there. The
   * caller tells the operator: the State Council's notice for that year is missing.
   */
  beyondData: boolean;
}

/** The first and last year whose holidays and make-up working days are known. */
export interface CoveredYears {
  from: number;
  to: number;
}

// The package's functions compute in the time zone of the process and are a day off west of
// Greenwich; its data file has no such fault.
const data = readHolidayData();

/**
 * Whether offices work on the day: Monday to Friday without public holidays, and the weekend days
 * that are worked to make up for a holiday (调休). Outside `coveredYears` weekdays alone decide.
 */
export function isWorkingDay(date: CivilDate): boolean {
  if (data.madeUp.has(date)) return true;
  return weekdayOf(date) <= 5 && !data.off.has(date);
}

/**
 * The n-th working day after (n > 0) or before (n < 0) a date; n = 0 is the date itself.
 * Throws a RangeError unless n is an integer.
 */
export function addWorkingDays(date: CivilDate, n: number): WorkingDayResult {
  if (!Number.isSafeInteger(n)) throw new RangeError(`not a number of days: ${n}`);
  const step = n < 0 ? -1 : 1;
  let day = date;
  let beyondData = isBeyondData(day);
  for (let left = Math.abs(n); left > 0; ) {
    day = addDays(day, step);
    beyondData ||= isBeyondData(day);
    if (isWorkingDay(day)) left -= 1;
  }
  return { date: day, beyondData };
}

export function coveredYears(): CoveredYears {
  return data.years;
}

function isBeyondData(date: CivilDate): boolean {
  const year = yearOf(date);
  return year < data.years.from || year > data.years.to;
}

interface HolidayData {
  off: ReadonlySet<string>;
  madeUp: ReadonlySet<string>;
  years: CoveredYears;
}

function readHolidayData(): HolidayData {
  const file: unknown = createRequire(import.meta.url)('chinese-days/dist/chinese-days.json');
  const off = daysUnder(file, 'holidays');
  const years = off.map((day) => Number(day.slice(0, 4)));
  return {
    off: new Set(off),
    madeUp: new Set(daysUnder(file, 'workdays')),
    years: { from: Math.min(...years), to: Math.max(...years) },
  };
}

function daysUnder(file: unknown, key: 'holidays' | 'workdays'): string[] {
  const days = Object.keys((file as Record<typeof key, object>)[key]);
  if (days.length === 0) throw new Error(`the holiday data has no ${key}`);
  return days;
}
