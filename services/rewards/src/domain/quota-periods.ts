import { type CivilDate, isoWeekOf, monthOf } from '@ddp/calendar/civil-date';

/** How often one person may redeem a benefit; null: no limit of that kind. */
export interface PersonLimits {
  perPersonPerDay: number | null;
  perPersonPerWeek: number | null;
  perPersonPerMonth: number;
  perPersonInTotal: number | null;
}

export interface PeriodLimit {
  /** `2026-11-10`, `2026-W46`, `2026-11` or `total`. */
  period: string;
  limit: number;
}

/** The periods that a request of a day takes a place in, always in the same order. */
export function periodsOf(limits: PersonLimits, today: CivilDate): PeriodLimit[] {
  const all: [string, number | null][] = [
    [today, limits.perPersonPerDay],
    [isoWeekOf(today), limits.perPersonPerWeek],
    [monthOf(today), limits.perPersonPerMonth],
    ['total', limits.perPersonInTotal],
  ];
  return all.flatMap(([period, limit]) => (limit === null ? [] : [{ period, limit }]));
}

/** Whose places are counted, and of what. */
export interface QuotaOwner {
  programmeId: string;
  personId: string;
  benefitId: string;
}

/** Tells the counts of places apart; sorts as the rows do. */
export function quotaKey(owner: QuotaOwner, period: string): string {
  return `${owner.programmeId} ${owner.personId} ${owner.benefitId} ${period}`;
}
