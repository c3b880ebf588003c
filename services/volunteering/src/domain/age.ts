const yearOfMajority = 18;

/** Full years that somebody born in a month has on a day; sure only once that month is over. */
export function leastAgeOn(birthMonth: string, day: string): number {
  const months = monthsBetween(birthMonth, day);
  // Born on the last day of the month they are a month younger than counted by months.
  return Math.floor((months - 1) / 12);
}

/** The most full years that somebody born in a month can have on a day. */
export function mostAgeOn(birthMonth: string, day: string): number {
  return Math.floor(monthsBetween(birthMonth, day) / 12);
}

/** Whether somebody may be under age on a day; in doubt they are. */
export function isMinorOn(birthMonth: string, day: string): boolean {
  return leastAgeOn(birthMonth, day) < yearOfMajority;
}

/** The last month of birth of whom nobody takes for a minor on a day. */
export function lastMonthOfAge(day: string): string {
  const [year = 0, month = 0] = day.split('-').map(Number);
  const months = year * 12 + month - 2 - yearOfMajority * 12;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
}

/** Whether an age may lie within limits; null is no limit. In doubt the person has the benefit of it. */
export function isAgeWithin(
  birthMonth: string,
  day: string,
  { least, most }: { least: number | null; most: number | null },
): boolean {
  const isOldEnough = least === null || mostAgeOn(birthMonth, day) >= least;
  return isOldEnough && (most === null || leastAgeOn(birthMonth, day) <= most);
}

function monthsBetween(birthMonth: string, day: string): number {
  const [year = 0, month = 0] = birthMonth.split('-').map(Number);
  const [toYear = 0, toMonth = 0] = day.split('-').map(Number);
  return (toYear - year) * 12 + toMonth - month;
}
