import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Rule } from './rule.ts';
import { countDays, pointsOf } from './volunteered-days.ts';

const rule: Rule = {
  ...{ rule: 'volunteering', version: 1, basis: 'volunteering', options: null },
  ...{ title: { zh: '志愿服务', en: 'Volunteering' }, leastPoints: 10, mostPoints: 10 },
  ...{ perMinutes: 60, dailyMinutes: 480, dailyCap: null, monthlyCap: null },
  ...{ programmeMonthPoints: null, isEvidenceWanted: false, approvalFromPoints: null },
  ...{ publicityFromPoints: null, publicityDays: 5, maturesAfterHours: 0 },
  ...{ fromOn: '2020-01-01', toOn: null, isDefault: true },
};

it('rounds a shift down once, also where it crosses midnight', () => {
  const night = [
    { on: '2026-11-29', minutes: 95 },
    { on: '2026-11-30', minutes: 25 },
  ];
  expect(pointsOf(rule, countDays(rule, night, new Map()))).toBe(20);
});

it('counts no more of a day than the rule does, over all shifts', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(720), { maxLength: 6 }), (shifts) => {
      let used = 0;
      for (const minutes of shifts) {
        const before = new Map([['2026-11-30', used]]);
        const [day] = countDays(rule, [{ on: '2026-11-30', minutes }], before);
        used += day?.minutes ?? 0;
      }
      const all = shifts.reduce((sum, minutes) => sum + minutes, 0);
      expect(used).toBe(Math.min(480, all));
    }),
  );
});
