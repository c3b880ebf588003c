import { addDays, type CivilDate, daysBetween, parseCivilDate } from '@ddp/calendar/civil-date';

export interface Days {
  fromOn: CivilDate;
  toOn: CivilDate;
}

/** The quarter of the calendar that ended last before the day. */
export function lastQuarterBefore(day: CivilDate): Days {
  const year = Number(day.slice(0, 4));
  const quarter = Math.floor((Number(day.slice(5, 7)) - 1) / 3);
  const begins = parseCivilDate(`${year}-${String(quarter * 3 + 1).padStart(2, '0')}-01`);
  const toOn = addDays(begins, -1);
  const month = String(Number(toOn.slice(5, 7)) - 2).padStart(2, '0');
  return { fromOn: parseCivilDate(`${toOn.slice(0, 4)}-${month}-01`), toOn };
}

/** The whole months around some days: what counts in the same caps of a month. */
export function monthsAround({ fromOn, toOn }: Days): Days {
  const nextMonth = addDays(parseCivilDate(`${toOn.slice(0, 7)}-01`), 31);
  return {
    fromOn: parseCivilDate(`${fromOn.slice(0, 7)}-01`),
    toOn: addDays(parseCivilDate(`${nextMonth.slice(0, 7)}-01`), -1),
  };
}

const mostDays = 366;

export function isRangeValid({ fromOn, toOn }: Days): boolean {
  const days = daysBetween(fromOn, toOn) + 1;
  return days >= 1 && days <= mostDays;
}
