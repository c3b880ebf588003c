import { addDays, parseCivilDate } from '@ddp/calendar/civil-date';
import { describe, expect, it } from 'vitest';
import { planNotices } from './expiry-notices.ts';

const today = parseCivilDate('2026-11-25');
const daysOf = (inDays: number) =>
  planNotices(addDays(today, inDays), today).map(({ daysAhead }) => daysAhead);

describe('the notices of a certificate', () => {
  it('come 60, 30 and 7 days before its last day, at nine in the morning', () => {
    expect(planNotices(addDays(today, 100), today)).toEqual([
      { daysAhead: 60, dueAt: new Date('2027-01-04T01:00:00Z') },
      { daysAhead: 30, dueAt: new Date('2027-02-03T01:00:00Z') },
      { daysAhead: 7, dueAt: new Date('2027-02-26T01:00:00Z') },
    ]);
  });

  it.each([
    [60, [60, 30, 7]],
    [59, [60, 30, 7]],
    [29, [30, 7]],
    [3, [7]],
    [0, [7]],
    [-1, []],
  ])('with %i days left are only those that still tell something new', (inDays, days) => {
    expect(daysOf(inDays)).toEqual(days);
  });
});
