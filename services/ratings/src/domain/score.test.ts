import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LevelCounts, raterClasses } from './cell.ts';
import { builtIn } from './question-set.ts';
import { monthBefore, monthsBetween, type ScoreTerms, scoreOf, type Tally } from './score.ts';

const counts = fc
  .tuple(fc.nat(50), fc.nat(50), fc.nat(50), fc.nat(50), fc.nat(50))
  .map(([a, b, c, d, e]): LevelCounts => ({ 1: a, 2: b, 3: c, 4: d, 5: e }));
const tally = fc.record({
  month: fc.constantFrom('2026-01', '2026-06', '2026-11'),
  raterClass: fc.constantFrom(...raterClasses),
  counts,
});
const terms: ScoreTerms = {
  scoring: builtIn.content.scoring,
  thisMonth: '2026-11',
  withAssisted: true,
};
const of = (levelCounts: Partial<LevelCounts>, fields: Partial<Tally> = {}): Tally => ({
  ...{ month: '2026-11', raterClass: 'verified' },
  counts: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0, ...levelCounts },
  ...fields,
});

describe('a score', () => {
  it('stays within the levels, and is there exactly where something of weight is told', () => {
    fc.assert(
      fc.property(fc.array(tally, { maxLength: 6 }), (tallies) => {
        const score = scoreOf(tallies, terms);
        const hasWeight = score.count + score.assistedCount > 0;
        expect(score.mean === null).toBe(!hasWeight);
        if (score.mean !== null) {
          expect(score.mean).toBeGreaterThanOrEqual(1);
          expect(score.mean).toBeLessThanOrEqual(5);
          expect(score.margin).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('lies between the prior and the mean of the ratings, nearer to these the more there are', () => {
    const few = scoreOf([of({ 1: 5 })], terms).mean ?? 0;
    const many = scoreOf([of({ 1: 500 })], terms).mean ?? 0;
    expect(few).toBe(2.5);
    expect(many).toBeLessThan(1.1);
    expect(many).toBeGreaterThan(1);
  });

  it('shows guests apart, without weight unless the programme gives them some', () => {
    const tallies = [of({ 5: 10 }), of({ 1: 10 }, { raterClass: 'guest' })];
    const apart = scoreOf(tallies, terms);
    expect(apart).toMatchObject({ count: 10, guestCount: 10, levels: [0, 0, 0, 0, 10] });
    expect(apart.mean).toBe(scoreOf([of({ 5: 10 })], terms).mean);
    const scoring = { ...terms.scoring, guestWeight: 0.5 };
    expect(scoreOf(tallies, { ...terms, scoring }).mean).toBeLessThan(apart.mean ?? 0);
  });

  it('leaves what staff gave for others out of the score of a person', () => {
    const tallies = [of({ 5: 10 }), of({ 1: 10 }, { raterClass: 'assisted' })];
    const own = scoreOf(tallies, { ...terms, withAssisted: false });
    expect(own).toMatchObject({ assistedCount: 10 });
    expect(own.mean).toBe(scoreOf([of({ 5: 10 })], terms).mean);
    expect(scoreOf(tallies, terms).mean).toBeLessThan(own.mean ?? 0);
  });

  it('halves the weight of what is a half-life old', () => {
    const scoring = { ...terms.scoring, halfLifeMonths: 5, priorCount: 0 };
    const tallies = [of({ 5: 10 }), of({ 1: 20 }, { month: '2026-06' })];
    expect(scoreOf(tallies, { ...terms, scoring }).mean).toBe(3);
  });

  it('has an interval that a hundred times as many ratings make ten times as narrow', () => {
    const narrow = scoreOf([of({ 3: 5_000, 5: 5_000 })], terms).margin ?? 0;
    const wide = scoreOf([of({ 3: 50, 5: 50 })], terms).margin ?? 0;
    expect(wide / narrow).toBeCloseTo(10, 0);
  });
});

it('counts months back over the year', () => {
  expect(monthBefore('2026-02', 0)).toBe('2026-02');
  expect(monthBefore('2026-02', 2)).toBe('2025-12');
  expect(monthBefore('2026-02', 25)).toBe('2024-01');
});

it('names the months of a short period, over the turn of a year, and no others', () => {
  expect(monthsBetween('2025-11', '2026-02', 24)).toEqual([
    ...['2025-11', '2025-12', '2026-01', '2026-02'],
  ]);
  expect(monthsBetween('2026-02', '2026-02', 24)).toEqual(['2026-02']);
  expect(monthsBetween('2024-01', '2025-12', 24)).toHaveLength(24);
  expect(monthsBetween('2023-12', '2025-12', 24)).toBeNull();
  expect(monthsBetween('2026-03', '2026-02', 24)).toBeNull();
});
