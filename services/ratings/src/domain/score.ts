import type { Scoring } from '@ddp/contracts/ratings/question-schemas';
import { addLevel, type LevelCounts, levels, noCounts, type RaterClass } from './cell.ts';

/** What was told of a month and a sort of raters. */
export interface Tally {
  month: string;
  raterClass: RaterClass;
  counts: LevelCounts;
}

export interface Figures {
  count: number;
  guestCount: number;
  assistedCount: number;
  mean: number | null;
  margin: number | null;
  /** Of verified residents, level 1 first. */
  levels: number[];
}

export interface ScoreTerms {
  scoring: Scoring;
  /** The month from which age is counted. */
  thisMonth: string;
  /** Whether ratings that staff gave for somebody count: in units and areas, not for one person. */
  withAssisted: boolean;
}

/**
 * Bayesian mean of the levels with the half-width of its 95 % interval, rounded to hundredths. Both
 * are null where nothing that has weight was told.
 */
export function scoreOf(tallies: readonly Tally[], terms: ScoreTerms): Figures {
  const { priorMean, priorCount } = terms.scoring;
  let weight = 0;
  let weightSquared = 0;
  let total = 0;
  let squares = 0;
  for (const tally of tallies) {
    const each = weightOf(tally, terms);
    for (const level of levels) {
      const count = tally.counts[level];
      weight += each * count;
      weightSquared += each * each * count;
      total += each * count * level;
      squares += each * count * level * level;
    }
  }
  const sums = {
    count: countOf(tallies, 'verified'),
    guestCount: countOf(tallies, 'guest'),
    assistedCount: countOf(tallies, 'assisted'),
    levels: levelsOf(tallies),
  };
  if (weight === 0) return { ...sums, mean: null, margin: null };
  const plainMean = total / weight;
  const variance = Math.max(0, squares / weight - plainMean ** 2);
  // As many ratings of equal weight as say as much.
  const sample = weight ** 2 / weightSquared;
  const unbiased = sample > 1 ? (variance * sample) / (sample - 1) : variance;
  return {
    ...sums,
    mean: hundredths((total + priorMean * priorCount) / (weight + priorCount)),
    margin: hundredths(1.96 * Math.sqrt(unbiased / sample)),
  };
}

function weightOf({ raterClass, month }: Tally, terms: ScoreTerms): number {
  const { guestWeight, assistedWeight, halfLifeMonths } = terms.scoring;
  const weights = {
    verified: 1,
    guest: guestWeight,
    assisted: terms.withAssisted ? assistedWeight : 0,
  };
  const age = Math.max(0, monthNumber(terms.thisMonth) - monthNumber(month));
  return weights[raterClass] * (halfLifeMonths === null ? 1 : 0.5 ** (age / halfLifeMonths));
}

function countOf(tallies: readonly Tally[], raterClass: RaterClass): number {
  return tallies
    .filter((tally) => tally.raterClass === raterClass)
    .reduce((sum, { counts }) => sum + levels.reduce((all, level) => all + counts[level], 0), 0);
}

function levelsOf(tallies: readonly Tally[]): number[] {
  const sum = tallies
    .filter(({ raterClass }) => raterClass === 'verified')
    .reduce(
      (all, { counts }) => levels.reduce((into, one) => addLevel(into, one, counts[one]), all),
      noCounts,
    );
  return [...levels].reverse().map((level) => sum[level]);
}

/** Months since the year 0, so that their distance is a difference. */
function monthNumber(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}

/** The month that lies so many before, `YYYY-MM`. */
export function monthBefore(month: string, months: number): string {
  const number = monthNumber(month) - months;
  const year = Math.floor(number / 12);
  return `${String(year).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;
}

/** The months of a period, both ends included; null where there are none or more than so many. */
export function monthsBetween(fromMonth: string, toMonth: string, most: number): string[] | null {
  const count = monthNumber(toMonth) - monthNumber(fromMonth) + 1;
  if (count < 1 || count > most) return null;
  return Array.from({ length: count }, (_none, index) => monthBefore(toMonth, count - 1 - index));
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
