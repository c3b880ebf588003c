import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activityRule as fixed } from '../../test/sample-rule.ts';
import { decideAmount, isApprovalWanted, isPublicityWanted, nameOf, type Rule } from './rule.ts';

const range: Rule = { ...fixed, leastPoints: 20, mostPoints: 50 };
const byIssuer: Rule = {
  ...fixed,
  options: [
    { key: 'city', zh: '市级', en: 'City', points: 100 },
    { key: 'community', zh: '社区级', en: 'Community', points: 10 },
  ],
};
const byMinutes: Rule = {
  ...fixed,
  leastPoints: 10,
  mostPoints: 10,
  perMinutes: 60,
  dailyMinutes: 480,
};

const decided = (amountPoints: number) => ({ verdict: 'decided', amountPoints });
const refused = (field: string, why: string) => ({ verdict: 'refused', field, why });

describe('the amount of an award', () => {
  it('is the rule’s own where it is fixed', () => {
    expect(decideAmount(fixed, {})).toEqual(decided(5));
    expect(decideAmount(fixed, { points: 5 })).toEqual(decided(5));
    expect(decideAmount(fixed, { points: 6 })).toEqual(refused('points', 'out-of-range'));
    expect(decideAmount(fixed, { option: 'city' })).toEqual(refused('option', 'unknown'));
    expect(decideAmount(fixed, { minutes: 60 })).toEqual(refused('minutes', 'unknown'));
  });

  it('is wanted within the range of a rule that has one', () => {
    expect(decideAmount(range, {})).toEqual(refused('points', 'missing'));
    for (const points of [20, 37, 50])
      expect(decideAmount(range, { points })).toEqual(decided(points));
    for (const points of [19, 51, 20.5, -20, Number.NaN]) {
      expect(decideAmount(range, { points })).toEqual(refused('points', 'out-of-range'));
    }
  });

  it('follows from who gave an honour', () => {
    expect(decideAmount(byIssuer, { option: 'city' })).toEqual(decided(100));
    expect(decideAmount(byIssuer, { option: 'galaxy' })).toEqual(refused('option', 'unknown'));
    expect(decideAmount(byIssuer, {})).toEqual(refused('option', 'missing'));
    expect(decideAmount(byIssuer, { option: 'city', points: 100 })).toEqual(
      refused('points', 'unknown'),
    );
  });

  it('is the share of whole minutes, rounded down once', () => {
    const cases = [
      [0, 0],
      [5, 0],
      [6, 1],
      [59, 9],
      [60, 10],
      [65, 10],
      [90, 15],
      [480, 80],
      [600, 80],
    ] as const;
    for (const [minutes, points] of cases) {
      expect(decideAmount(byMinutes, { minutes })).toEqual(decided(points));
    }
    expect(decideAmount(byMinutes, {})).toEqual(refused('minutes', 'missing'));
    expect(decideAmount(byMinutes, { minutes: 60.5 })).toEqual(refused('minutes', 'out-of-range'));
    expect(decideAmount(byMinutes, { minutes: 60, points: 10 })).toEqual(
      refused('points', 'unknown'),
    );
  });

  it('counts no more minutes of a day than the rule does, over all its shifts', () => {
    const shift = fc.integer({ min: 0, max: 900 });
    fc.assert(
      fc.property(fc.array(shift, { maxLength: 12 }), (shifts) => {
        let minutesBefore = 0;
        let points = 0;
        for (const minutes of shifts) {
          const decision = decideAmount(byMinutes, { minutes, minutesBefore });
          if (decision.verdict !== 'decided') throw new Error('refused');
          points += decision.amountPoints;
          minutesBefore += minutes;
        }
        return points <= 80;
      }),
    );
  });
});

describe('a threshold', () => {
  it('is reached from its points on, and by nothing where there is none', () => {
    const rule = { ...range, approvalFromPoints: 30, publicityFromPoints: null };
    expect([29, 30, 31].map((points) => isApprovalWanted(rule, points))).toEqual([
      false,
      true,
      true,
    ]);
    expect(isPublicityWanted(rule, 50)).toBe(false);
    expect(isPublicityWanted({ ...rule, publicityFromPoints: 50 }, 50)).toBe(true);
  });
});

it('is called by a word of the house, or by the title its programme gave it', () => {
  expect(nameOf(fixed)).toBe('activity');
  const own = { ...fixed, rule: 'snow-clearing', title: { zh: '清扫积雪', en: 'Clearing snow' } };
  expect(nameOf(own)).toBe('清扫积雪 · Clearing snow');
});
