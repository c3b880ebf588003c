import type { Cap } from '@ddp/contracts/points/rule-schemas';
import type { Settings } from '@ddp/contracts/points/settings';
import type { Rule } from './rule.ts';

/** Points that one person may get over all rules; null: as many as the rules give. */
export interface PersonCaps {
  dayPoints: number | null;
  monthPoints: number | null;
}

export function personCapsOf(settings: Settings): PersonCaps {
  return { dayPoints: settings.personDayPoints, monthPoints: settings.personMonthPoints };
}

/** What awards take from in a period, and how much of it there is. */
export interface CapCounter {
  cap: Cap;
  /** Whether everybody in the programme takes from it. */
  isForAll: boolean;
  /** Empty where it counts over all rules. */
  rule: string;
  /** `2026-11-24` or `2026-11`. */
  period: string;
  mostAwards: number | null;
  mostPoints: number | null;
}

/**
 * What an award by the rule on a day takes from, in that order: those of a person first, which
 * nobody else waits for, and the one of the programme last, so that it is locked for the shortest
 * time.
 */
export function countersOf(rule: Rule, on: string, person: PersonCaps): CapCounter[] {
  const month = on.slice(0, 7);
  const counter = (
    cap: Cap,
    name: string,
    period: string,
    most: { awards?: number | null; points?: number | null },
  ): CapCounter => ({
    ...{ cap, isForAll: cap === 'programme-month', rule: name, period },
    mostAwards: most.awards ?? null,
    mostPoints: most.points ?? null,
  });
  return [
    counter('rule-day', rule.rule, on, { awards: rule.dailyCap }),
    counter('rule-month', rule.rule, month, { awards: rule.monthlyCap }),
    counter('person-day', '', on, { points: person.dayPoints }),
    counter('person-month', '', month, { points: person.monthPoints }),
    counter('programme-month', rule.rule, month, { points: rule.programmeMonthPoints }),
  ];
}
