import { type RuleBasis, ruleBases } from '@ddp/contracts/points/rule-schemas';

export interface RuleOption {
  key: string;
  zh: string;
  en: string;
  points: number;
}

/** A rule in one of its versions; versions are followed, never changed. */
export interface Rule {
  rule: string;
  version: number;
  basis: RuleBasis;
  title: { zh: string; en: string };
  /** Equal where the amount is fixed. */
  leastPoints: number;
  mostPoints: number;
  /** Where the amount follows from a choice, such as who gave an honour. */
  options: readonly RuleOption[] | null;
  /** Where the amount is for so many minutes. */
  perMinutes: number | null;
  /** Minutes of one day that count. */
  dailyMinutes: number | null;
  /** Awards of one person by this rule, in a day and in a month. */
  dailyCap: number | null;
  monthlyCap: number | null;
  /** Points by this rule in a month over everybody. */
  programmeMonthPoints: number | null;
  isEvidenceWanted: boolean;
  /** From so many points on an award wants another officer's approval; null: never. */
  approvalFromPoints: number | null;
  /** From so many points on an award stands on the public board first; null: never. */
  publicityFromPoints: number | null;
  /** Working days of publicity. */
  publicityDays: number;
  maturesAfterHours: number;
  fromOn: string;
  toOn: string | null;
  /** Whether it is the product's own, for programmes that have no version of theirs. */
  isDefault: boolean;
}

/** What an award says of its size. */
export interface AwardTerms {
  points?: number | undefined;
  option?: string | undefined;
  minutes?: number | undefined;
  /** Minutes of the same day that have counted before. */
  minutesBefore?: number | undefined;
}

export type AmountDecision =
  | { verdict: 'decided'; amountPoints: number }
  | {
      verdict: 'refused';
      field: 'points' | 'option' | 'minutes';
      why: 'missing' | 'unknown' | 'out-of-range';
    };

const decided = (amountPoints: number): AmountDecision => ({ verdict: 'decided', amountPoints });

/**
 * How many points an award by the rule gives. Minutes give their share of an hour's points, rounded
 * down once, so that few of them may give none. What the rule does not ask for must not be said.
 */
export function decideAmount(rule: Rule, terms: AwardTerms): AmountDecision {
  const { leastPoints, mostPoints, options, perMinutes } = rule;
  if (perMinutes === null && terms.minutes !== undefined) return refused('minutes', 'unknown');
  if (options === null && terms.option !== undefined) return refused('option', 'unknown');
  if (perMinutes !== null) return decideByMinutes(rule, perMinutes, terms);
  if (options !== null) return decideByOption(options, terms);
  const { points } = terms;
  if (points === undefined) {
    return leastPoints === mostPoints ? decided(leastPoints) : refused('points', 'missing');
  }
  const isInside = Number.isSafeInteger(points) && points >= leastPoints && points <= mostPoints;
  return isInside ? decided(points) : refused('points', 'out-of-range');
}

function decideByOption(options: readonly RuleOption[], terms: AwardTerms): AmountDecision {
  if (terms.points !== undefined) return refused('points', 'unknown');
  if (terms.option === undefined) return refused('option', 'missing');
  const chosen = options.find(({ key }) => key === terms.option);
  return chosen ? decided(chosen.points) : refused('option', 'unknown');
}

function decideByMinutes(rule: Rule, perMinutes: number, terms: AwardTerms): AmountDecision {
  const { minutes, minutesBefore = 0 } = terms;
  if (terms.points !== undefined) return refused('points', 'unknown');
  if (minutes === undefined) return refused('minutes', 'missing');
  if (!Number.isSafeInteger(minutes) || minutes < 0) return refused('minutes', 'out-of-range');
  const left = Math.max(0, (rule.dailyMinutes ?? Number.MAX_SAFE_INTEGER) - minutesBefore);
  return decided(Math.floor((Math.min(minutes, left) * rule.mostPoints) / perMinutes));
}

function refused(
  field: 'points' | 'option' | 'minutes',
  why: 'missing' | 'unknown' | 'out-of-range',
): AmountDecision {
  return { verdict: 'refused', field, why };
}

/** What a message calls the rule: a word of the house, or the title a programme gave it. */
export function nameOf({ rule, title }: Rule): string {
  return ruleBases.some((basis) => basis === rule) ? rule : `${title.zh} · ${title.en}`;
}

/** Whether an award of so many points wants the approval of another officer. */
export function isApprovalWanted(rule: Rule, amountPoints: number): boolean {
  return rule.approvalFromPoints !== null && amountPoints >= rule.approvalFromPoints;
}

/** Whether an award of so many points stands on the public board before it counts. */
export function isPublicityWanted(rule: Rule, amountPoints: number): boolean {
  return rule.publicityFromPoints !== null && amountPoints >= rule.publicityFromPoints;
}
