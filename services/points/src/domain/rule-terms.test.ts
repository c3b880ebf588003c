import type { RuleTerms } from '@ddp/contracts/points/rule-schemas';
import { ruleTermsSchema } from '@ddp/contracts/points/rule-schemas';
import { describe, expect, it } from 'vitest';
import { findForbiddenWords, findTermFaults, termsOf } from './rule-terms.ts';

const terms: RuleTerms = {
  rule: 'snow-clearing',
  basis: 'good-deed',
  title: { zh: '清扫积雪', en: 'Clearing snow' },
  leastPoints: 2,
  mostPoints: 5,
  options: null,
  perMinutes: null,
  dailyMinutes: null,
  dailyCap: 1,
  monthlyCap: 10,
  programmeMonthPoints: 5_000,
  isEvidenceWanted: true,
  approvalFromPoints: null,
  publicityFromPoints: null,
  publicityDays: 5,
  maturesAfterHours: 0,
  fromOn: '2026-12-01',
  toOn: null,
};
const option = { key: 'city', zh: '市级', en: 'City', points: 3 };

const faultsOf = (change: Partial<RuleTerms>, present: RuleTerms | null = null) => {
  const rule = present === null ? null : { ...present, version: 1, isDefault: false };
  return findTermFaults({ ...terms, ...change }, rule).map(
    ({ pointer, why }) => `${pointer} ${why}`,
  );
};

describe('the terms of a rule', () => {
  it('may be said in full without a fault', () => {
    expect(faultsOf({})).toEqual([]);
    expect(findForbiddenWords(terms)).toEqual([]);
    const version = { ...terms, version: 3, isDefault: false };
    expect(termsOf(version)).toEqual(terms);
  });

  it.each<[string, Partial<RuleTerms>]>([
    ['/leastPoints range', { leastPoints: 6 }],
    ['/toOn last-day', { toOn: '2026-11-30' }],
    ['/rule own-name-wanted', { rule: 'rating' }],
    ['/perMinutes minutes-unknown', { perMinutes: 60 }],
    ['/dailyMinutes minutes-unknown', { dailyMinutes: 60 }],
    ['/options options-range', { options: [option] }],
    ['/options/1/key options-repeat', { leastPoints: 3, mostPoints: 3, options: [option, option] }],
  ])('have the fault %s', (fault, change) => {
    expect(faultsOf(change)).toEqual([fault]);
  });

  it('leave what earns by itself its name and its amount, and a rating nobody to ask', () => {
    const rating = { rule: 'rating', basis: 'rating', leastPoints: 1, mostPoints: 1 } as const;
    expect(faultsOf(rating)).toEqual([]);
    expect(faultsOf({ ...rating, rule: 'my-rating' })).toEqual(['/rule own-name-wanted']);
    expect(faultsOf({ ...rating, mostPoints: 2 })).toEqual(['/mostPoints fixed-wanted']);
    expect(faultsOf({ ...rating, publicityFromPoints: 1 })).toEqual([
      '/publicityFromPoints review-unknown',
    ]);
    const volunteering = { ...rating, rule: 'volunteering', basis: 'volunteering' } as const;
    expect(faultsOf(volunteering)).toEqual(['/perMinutes minutes-wanted']);
    const byMinutes = { ...volunteering, perMinutes: 60, dailyMinutes: 480 };
    expect(faultsOf(byMinutes)).toEqual([]);
    expect(faultsOf({ ...byMinutes, approvalFromPoints: 30, publicityFromPoints: 40 })).toEqual([]);
  });

  it('keep what the rule has counted before', () => {
    expect(faultsOf({ basis: 'activity' }, terms)).toEqual(['/basis basis-changed']);
  });

  it('name the field that says what no rule may count', () => {
    const change = {
      rule: 'no-petition',
      title: { zh: '全年无信访', en: 'No petitions' },
      options: [{ ...option, zh: '党员' }],
    };
    const found = findForbiddenWords({ ...terms, ...change }).map(({ pointer }) => pointer);
    expect(found).toEqual(['/rule', '/title/zh', '/title/en', '/options/0/zh']);
  });

  it('hold no amount below one, and no basis outside the list', () => {
    const refused = (change: object) => {
      const { error } = ruleTermsSchema.safeParse({ ...terms, ...change });
      return error?.issues.map(({ path }) => path.join('/'));
    };
    for (const points of [0, -1, 1.5, 1e9]) {
      expect(refused({ leastPoints: points })).toEqual(['leastPoints']);
      expect(refused({ mostPoints: points })).toEqual(['mostPoints']);
      expect(refused({ options: [{ ...option, points }] })).toEqual(['options/0/points']);
    }
    for (const basis of ['petition', 'religion', 'health', 'family-planning', 'age', '', null]) {
      expect(refused({ basis })).toEqual(['basis']);
    }
    expect(refused({})).toBeUndefined();
  });
});
