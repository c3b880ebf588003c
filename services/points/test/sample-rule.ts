import type { Rule } from '../src/domain/rule.ts';

/** Staff award it, five points each, twice a day. */
export const activityRule: Rule = {
  rule: 'activity',
  version: 1,
  basis: 'activity',
  title: { zh: '参加活动', en: 'Taking part in an activity' },
  leastPoints: 5,
  mostPoints: 5,
  options: null,
  perMinutes: null,
  dailyMinutes: null,
  dailyCap: 2,
  monthlyCap: null,
  programmeMonthPoints: null,
  isEvidenceWanted: true,
  approvalFromPoints: null,
  publicityFromPoints: null,
  publicityDays: 5,
  maturesAfterHours: 0,
  fromOn: '2020-01-01',
  toOn: null,
  isDefault: true,
};
