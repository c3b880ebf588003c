import { addDays, type CivilDate, startOf } from '@ddp/calendar/civil-date';
import { expiryNoticeDays } from '@ddp/contracts/directory/certificates';

export interface PlannedNotice {
  daysAhead: number;
  dueAt: Date;
}

/** People are told at nine in the morning. */
const hourMs = 9 * 3_600_000;

/**
 * The notices of a certificate that is recorded today. Of those whose day has gone by, only the
 * latest is still sent, and none for a certificate that has expired.
 */
export function planNotices(expiresOn: CivilDate, today: CivilDate): PlannedNotice[] {
  if (expiresOn < today) return [];
  const all = expiryNoticeDays.map((daysAhead) => ({
    daysAhead,
    on: addDays(expiresOn, -daysAhead),
  }));
  const past = all.filter(({ on }) => on < today).slice(-1);
  return [...past, ...all.filter(({ on }) => on >= today)].map(({ daysAhead, on }) => ({
    daysAhead,
    dueAt: new Date(startOf(on).getTime() + hourMs),
  }));
}
