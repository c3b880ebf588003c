declare const civilDateBrand: unique symbol;

/** A calendar day of Asia/Shanghai as `YYYY-MM-DD`. Plain string comparison orders these days. */
export type CivilDate = string & { readonly [civilDateBrand]: true };

// Asia/Shanghai has had no summer time since 1991, so one offset serves every instant we meet and
// no time zone of the process can change an answer.
const shanghaiOffsetMs = 8 * 3_600_000;
const dayMs = 24 * 3_600_000;
const pattern = /^\d{4}-\d{2}-\d{2}$/;

/** The day in Asia/Shanghai at an instant. Throws on an invalid instant. */
export function civilDateOf(instant: Date): CivilDate {
  return dayFromUtc(instant.getTime() + shanghaiOffsetMs);
}

export function isCivilDate(text: string): text is CivilDate {
  if (!pattern.test(text) || text.startsWith('0000')) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** Reads `YYYY-MM-DD`; throws a RangeError on anything that is not a day of the calendar. */
export function parseCivilDate(text: string): CivilDate {
  if (!isCivilDate(text)) throw new RangeError(`not a civil date: ${JSON.stringify(text)}`);
  return text;
}

/** The instant at which the day begins in Asia/Shanghai; it ends where the next one begins. */
export function startOf(date: CivilDate): Date {
  return new Date(utcOf(date) - shanghaiOffsetMs);
}

export function addDays(date: CivilDate, days: number): CivilDate {
  return dayFromUtc(utcOf(date) + days * dayMs);
}

/** Days from one date to another, negative when `to` is earlier. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return (utcOf(to) - utcOf(from)) / dayMs;
}

/** Negative, zero or positive, as `Array.prototype.sort` wants it. */
export function compareCivilDates(a: CivilDate, b: CivilDate): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The month as `YYYY-MM`. */
export function monthOf(date: CivilDate): string {
  return date.slice(0, 7);
}

export function yearOf(date: CivilDate): number {
  return Number(date.slice(0, 4));
}

/** 1 for Monday to 7 for Sunday (ISO 8601). */
export function weekdayOf(date: CivilDate): number {
  return new Date(utcOf(date)).getUTCDay() || 7;
}

/** The week as `YYYY-Www` (ISO 8601): weeks begin on Monday, week 1 holds the year's first Thursday. */
export function isoWeekOf(date: CivilDate): string {
  const thursday = addDays(date, 4 - weekdayOf(date));
  const firstDay = parseCivilDate(`${thursday.slice(0, 4)}-01-01`);
  const week = Math.floor(daysBetween(firstDay, thursday) / 7) + 1;
  return `${thursday.slice(0, 4)}-W${String(week).padStart(2, '0')}`;
}

function utcOf(date: CivilDate): number {
  return Date.parse(`${date}T00:00:00Z`);
}

function dayFromUtc(ms: number): CivilDate {
  return parseCivilDate(new Date(ms).toISOString().slice(0, 10));
}
