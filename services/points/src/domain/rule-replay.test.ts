import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activityRule as activity } from '../../test/sample-rule.ts';
import { countersOf } from './caps.ts';
import type { Rule } from './rule.ts';
import { type Earning, type Replay, replayRule } from './rule-replay.ts';

const deed: Rule = { ...activity, rule: 'deed', leastPoints: 2, mostPoints: 9, dailyCap: null };
const rules = [activity, deed];

const replay = (draft: Rule, change: Partial<Replay> = {}): Replay => ({
  draft,
  fromOn: '2026-11-01',
  toOn: '2026-11-30',
  versionOf: (name) => rules.find(({ rule }) => rule === name) ?? activity,
  personCapsOf: () => ({ dayPoints: null, monthPoints: null }),
  ...change,
});

let made = 0;
function earning(change: Partial<Earning> = {}): Earning {
  made += 1;
  const id = String(made).padStart(6, '0');
  return {
    ...{ id, participationId: 'a', rule: 'activity', ruleVersion: 1, settingsVersion: 0 },
    ...{ occurredOn: '2026-11-10', quantity: null, option: null, amountPoints: 5, hasAward: true },
    ...{ recordedAtMs: made, givenBackAtMs: null },
    ...change,
  };
}

describe('a dry run, counted by hand', () => {
  // Three activities of a on one day, the third capped; one of b; a deed of seven points of b.
  const told = () => [
    earning(),
    earning(),
    earning({ hasAward: false }),
    earning({ participationId: 'b' }),
    earning({ participationId: 'b', rule: 'deed', amountPoints: 7, quantity: 7 }),
  ];
  const before = { persons: 2, awards: 4, points: 22, capped: 1 };

  it('says what more points would give, and to whom the most', () => {
    const outcome = replayRule(told(), replay({ ...activity, leastPoints: 8, mostPoints: 8 }));
    expect(outcome).toEqual({
      ...{ events: 5, before, largestGainPoints: 6, largestLossPoints: 0 },
      after: { persons: 2, awards: 4, points: 31, capped: 1 },
    });
  });

  it('says what a tighter and a wider cap would refuse', () => {
    expect(replayRule(told(), replay({ ...activity, dailyCap: 1 }))).toMatchObject({
      ...{ before, largestGainPoints: 0, largestLossPoints: 5 },
      after: { persons: 2, awards: 3, points: 17, capped: 2 },
    });
    expect(replayRule(told(), replay({ ...activity, dailyCap: null }))).toMatchObject({
      ...{ before, largestGainPoints: 5 },
      after: { persons: 2, awards: 5, points: 27, capped: 0 },
    });
  });

  it('holds from its first day and to its last where they lie among the days', () => {
    const days = ['2026-11-05', '2026-11-10', '2026-11-20'];
    const events = days.map((occurredOn) => earning({ occurredOn }));
    const more = { ...activity, leastPoints: 6, mostPoints: 6 };
    const points = (draft: Rule) => replayRule(events, replay(draft)).after.points;
    expect(points({ ...more, fromOn: '2027-01-01' })).toBe(18);
    expect(points({ ...more, fromOn: '2026-11-10' })).toBe(17);
    expect(points({ ...more, fromOn: '2026-11-10', toOn: '2026-11-10' })).toBe(11);
    expect(points({ ...more, toOn: '2026-12-31' })).toBe(18);
  });

  it('lets what it uses up or frees decide about other rules', () => {
    const events = [earning(), earning({ rule: 'deed', amountPoints: 7, quantity: 7 })];
    const personCapsOf = () => ({ dayPoints: 12, monthPoints: null });
    const { after } = replayRule(
      events,
      replay({ ...activity, leastPoints: 6, mostPoints: 6 }, { personCapsOf }),
    );
    expect(after).toMatchObject({ awards: 1, points: 6, capped: 1 });
  });

  it('takes what an event does not say as the least, and what is out of range to its edge', () => {
    const amountOf = (draft: Partial<Rule>, change: Partial<Earning>) =>
      replayRule([earning({ rule: 'deed', ...change })], replay({ ...deed, ...draft })).after
        .points;
    expect(amountOf({}, { quantity: null })).toBe(2);
    expect(amountOf({ leastPoints: 8 }, { quantity: 7 })).toBe(8);
    expect(amountOf({ mostPoints: 6 }, { quantity: 7 })).toBe(6);
    const options = [{ key: 'city', zh: '市级', en: 'City', points: 4 }];
    expect(amountOf({ options }, { option: 'city' })).toBe(4);
    expect(amountOf({ options }, { option: null, quantity: 7 })).toBe(0);
    const byMinutes = { perMinutes: 60, dailyMinutes: 90, leastPoints: 6, mostPoints: 6 };
    expect(amountOf(byMinutes, { quantity: 60 })).toBe(6);
    const shifts = [60, 60].map((quantity) => earning({ rule: 'deed', quantity }));
    expect(replayRule(shifts, replay({ ...deed, ...byMinutes })).after.points).toBe(9);
  });
});

const days = ['2026-10-31', '2026-11-01', '2026-11-02', '2026-11-15', '2026-11-30', '2026-12-01'];

/** A history as the caps would have decided it: the model that a dry run must agree with. */
function historyOf(steps: readonly Step[], caps: Rule[], person: { dayPoints: number }): Earning[] {
  const used = new Map<string, { awards: number; points: number }>();
  const history: Earning[] = [];
  let atMs = 0;
  for (const step of steps) {
    atMs += 1;
    if (step.kind === 'withdraw') {
      const open = history.filter((one) => one.hasAward && one.givenBackAtMs === null);
      const chosen = open[step.nth % Math.max(1, open.length)];
      if (!chosen) continue;
      chosen.givenBackAtMs = atMs;
      count(chosen, -1);
      continue;
    }
    const { day, who, points } = step;
    const rule = caps[step.rule] ?? activity;
    const amountPoints = rule.leastPoints === rule.mostPoints ? rule.leastPoints : points;
    const one = earning({
      ...{ rule: rule.rule, participationId: who, occurredOn: days[day] ?? '', amountPoints },
      ...{ quantity: amountPoints, recordedAtMs: atMs },
    });
    const isFree = keysOf(one).every(({ key, mostAwards, mostPoints }) => {
      const { awards, points: taken } = used.get(key) ?? { awards: 0, points: 0 };
      return awards + 1 <= (mostAwards ?? 1e9) && taken + amountPoints <= (mostPoints ?? 1e9);
    });
    one.hasAward = isFree;
    if (isFree) count(one, 1);
    history.push(one);
  }
  return history;

  function keysOf({ rule: name, occurredOn, participationId }: Earning) {
    const rule = caps.find((one) => one.rule === name) ?? activity;
    return countersOf(rule, occurredOn, { ...person, monthPoints: null }).map((one) => ({
      ...one,
      key: `${one.isForAll ? '*' : participationId} ${one.rule} ${one.period}`,
    }));
  }
  function count(one: Earning, sign: 1 | -1): void {
    for (const { key } of keysOf(one)) {
      const { awards, points } = used.get(key) ?? { awards: 0, points: 0 };
      used.set(key, { awards: awards + sign, points: points + sign * one.amountPoints });
    }
  }
}

type Step =
  | { kind: 'earn'; day: number; who: string; rule: number; points: number }
  | { kind: 'withdraw'; nth: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('earn' as const),
      day: fc.nat(days.length - 1),
      who: fc.constantFrom('a', 'b', 'c'),
      rule: fc.nat(1),
      points: fc.integer({ min: 2, max: 9 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('withdraw' as const), nth: fc.nat(50) }) },
);

it('of the unchanged rule equals what happened, whatever was capped or withdrawn', () => {
  const cap = fc.option(fc.integer({ min: 1, max: 4 }));
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 60 }),
      fc.record({ day: cap, month: cap, all: cap, person: fc.integer({ min: 5, max: 30 }) }),
      (steps, most) => {
        const caps = {
          ...{ dailyCap: most.day, monthlyCap: most.month },
          programmeMonthPoints: most.all === null ? null : most.all * 7,
        };
        const own = rules.map((rule) => ({ ...rule, ...caps }));
        const person = { dayPoints: most.person };
        const history = historyOf(steps, own, person);
        const [draft = activity] = own;
        const outcome = replayRule(history, {
          ...replay(draft),
          versionOf: (name) => own.find(({ rule }) => rule === name) ?? activity,
          personCapsOf: () => ({ ...person, monthPoints: null }),
        });
        expect(outcome.after).toEqual(outcome.before);
        expect([outcome.largestGainPoints, outcome.largestLossPoints]).toEqual([0, 0]);
      },
    ),
  );
});
