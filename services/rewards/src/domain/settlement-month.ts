import { addDays, civilDateOf, monthOf, parseCivilDate, startOf } from '@ddp/calendar/civil-date';

/**
 * A month is settled so long after its end. A verification may be undone for ten minutes, and its
 * points are posted right after; what is still not posted is waited for.
 */
const closingMs = 30 * 60_000;

export interface MonthSpan {
  from: Date;
  until: Date;
}

/** From the first instant of a month, `YYYY-MM`, in Asia/Shanghai until the first of the next. */
export function spanOfMonth(month: string): MonthSpan {
  const from = startOf(parseCivilDate(`${month}-01`));
  return { from, until: startOf(parseCivilDate(`${nextMonth(month)}-01`)) };
}

export function nextMonth(month: string): string {
  return monthOf(addDays(parseCivilDate(`${month}-28`), 4));
}

export function monthAt(instant: Date): string {
  return monthOf(civilDateOf(instant));
}

/** Whether a month may be settled. */
export function hasClosed(month: string, now: Date): boolean {
  return now.getTime() >= spanOfMonth(month).until.getTime() + closingMs;
}
