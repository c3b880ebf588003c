import { addDays, type CivilDate, parseCivilDate } from '@ddp/calendar/civil-date';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  freeChangeOf,
  type Lot,
  type LotChange,
  lotOf,
  planExpiry,
  planHold,
  planIssue,
  planLapse,
  planPosting,
  planRecovery,
  planReturn,
  planTakingBack,
} from './lots.ts';

const day = parseCivilDate;
const today = day('2026-11-24');
const lot = (expiresOn: string, free: number, held = 0): Lot => ({
  expiresOn: day(expiresOn),
  free,
  held,
});

/** The lots after some changes; throws where one would fall below zero. */
function apply(lots: readonly Lot[], changes: readonly LotChange[]): Lot[] {
  const after = new Map(lots.map((one) => [one.expiresOn, { ...one }]));
  for (const { expiresOn, freeChange, heldChange } of changes) {
    const one = after.get(expiresOn) ?? { expiresOn, free: 0, held: 0 };
    one.free += freeChange;
    one.held += heldChange;
    if (one.free < 0 || one.held < 0) throw new Error('a lot fell below zero');
    after.set(expiresOn, one);
  }
  return [...after.values()];
}

const total = (lots: readonly Lot[]) => lots.reduce((sum, { free, held }) => sum + free + held, 0);

it('lets points expire at the end of the next year', () => {
  expect(lotOf(day('2026-01-01'), 1)).toBe('2027-12-31');
  expect(lotOf(day('2026-12-31'), 1)).toBe('2027-12-31');
});

describe('a hold', () => {
  it('takes what expires first, whatever order the lots come in', () => {
    const lots = [lot('2028-12-31', 50), lot('2026-12-31', 3), lot('2027-12-31', 10)];
    expect(planHold(lots, 8, today)).toEqual([
      { expiresOn: '2026-12-31', freeChange: -3, heldChange: 3 },
      { expiresOn: '2027-12-31', freeChange: -5, heldChange: 5 },
    ]);
  });

  it('reaches no expired lot, although the sweep has not come, and no held points', () => {
    const lots = [lot('2026-11-23', 9), lot('2026-11-24', 4, 20)];
    expect(planHold(lots, 5, today)).toBeNull();
    expect(planHold(lots, 4, today)).toHaveLength(1);
  });
});

describe('a return', () => {
  const taken = [{ expiresOn: day('2026-12-01'), freeChange: -6, heldChange: 6 }];

  it('goes to its lot while that has thirty days left, else gets thirty days', () => {
    expect(planReturn(taken, day('2026-11-01'), 30)).toEqual([
      { expiresOn: '2026-12-01', freeChange: 6, heldChange: -6 },
    ]);
    expect(planReturn(taken, day('2026-12-20'), 30)).toEqual([
      { expiresOn: '2026-12-01', freeChange: 0, heldChange: -6 },
      { expiresOn: '2027-01-19', freeChange: 6, heldChange: 0 },
    ]);
  });
});

it('is followed by what is taken back of it, from what expires first', () => {
  const taken = [
    { expiresOn: day('2028-12-31'), freeChange: -6, heldChange: 6 },
    { expiresOn: day('2027-12-31'), freeChange: -2, heldChange: 2 },
  ];
  const returned = planReturn(taken, today, 30);
  expect(planRecovery(returned, 5)).toEqual([
    { expiresOn: '2027-12-31', freeChange: -2, heldChange: 0 },
    { expiresOn: '2028-12-31', freeChange: -3, heldChange: 0 },
  ]);
  expect(freeChangeOf(planRecovery(returned, 8))).toBe(-8);
});

it('lets what is free expire after its day, and what is held live on', () => {
  const lots = [lot('2026-11-23', 4, 2), lot('2026-11-24', 7)];
  expect(planExpiry(lots, today)).toEqual([
    { expiresOn: '2026-11-23', freeChange: -4, heldChange: 0 },
  ]);
});

it('takes back from the lot of the award first, and never more than is free', () => {
  const lots = [lot('2026-12-31', 5), lot('2027-12-31', 3, 9)];
  expect(planTakingBack(lots, 20, day('2027-12-31'))).toEqual([
    { expiresOn: '2027-12-31', freeChange: -3, heldChange: 0 },
    { expiresOn: '2026-12-31', freeChange: -5, heldChange: 0 },
  ]);
});

const days = fc.integer({ min: -40, max: 900 });
const action = fc.oneof(
  fc.record({ kind: fc.constant('issue' as const), amount: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ kind: fc.constant('hold' as const), amount: fc.integer({ min: 1, max: 90 }) }),
  fc.record({ kind: fc.constantFrom('post' as const, 'return' as const), which: fc.nat(8) }),
  fc.record({ kind: fc.constant('reverse' as const), amount: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ kind: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 200 }) }),
  fc.record({ kind: fc.constantFrom('expire' as const, 'leave' as const) }),
);

it('neither loses nor makes a point in any order of events, and no lot falls below zero', () => {
  fc.assert(
    fc.property(days, fc.array(action, { maxLength: 40 }), (start, actions) => {
      let now: CivilDate = addDays(today, start);
      let lots: Lot[] = [];
      let [issued, gone] = [0, 0];
      const holds: LotChange[][] = [];
      const take = (changes: LotChange[]) => {
        gone -= freeChangeOf(changes);
        return changes;
      };
      const changesOf = (one: (typeof actions)[number]): LotChange[] => {
        switch (one.kind) {
          case 'issue':
            issued += one.amount;
            return planIssue(lotOf(now, 1), one.amount);
          case 'hold': {
            const changes = planHold(lots, one.amount, now);
            if (changes !== null) holds.push(changes);
            return changes ?? [];
          }
          case 'post': {
            const [taken = []] = holds.splice(one.which, 1);
            const changes = planPosting(taken);
            gone -= changes.reduce((sum, { heldChange }) => sum + heldChange, 0);
            return changes;
          }
          case 'return':
            return planReturn(holds.splice(one.which, 1)[0] ?? [], now, 30);
          case 'reverse':
            return take(planTakingBack(lots, one.amount, lotOf(now, 1)));
          case 'expire':
            return take(planExpiry(lots, now));
          case 'leave':
            return take(planLapse(lots));
          case 'wait':
            now = addDays(now, one.days);
            return [];
        }
      };
      for (const one of actions) {
        lots = apply(lots, changesOf(one));
        expect(total(lots)).toBe(issued - gone);
      }
    }),
  );
});
