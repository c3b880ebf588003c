import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decideScan, minutesOf, mostMinutesOf, type Presence, type Scan } from './attendance.ts';

const startsAt = new Date('2026-11-30T14:00:00.000Z');
const endsAt = new Date('2026-11-30T18:00:00.000Z');
const window = { earlyMinutes: 30, graceMinutes: 60 };
const nothing: Presence = {
  ...{ startsAt, endsAt, state: 'unentered' },
  ...{ inAt: null, inWay: null, outAt: null, outWay: null },
};
const after = (minutes: number) => new Date(startsAt.getTime() + minutes * 60_000);
const late = after(1_000);

function walk(scans: readonly Scan[], now = late): Presence {
  let presence = nothing;
  for (const scan of scans) {
    const decision = decideScan(presence, scan, window, now);
    if (decision.verdict === 'counted') presence = { ...presence, ...decision.next };
  }
  return presence;
}

const scans = fc.array(
  fc.record({
    kind: fc.constantFrom('in' as const, 'out' as const),
    way: fc.constant('offline' as const),
    at: fc.integer({ min: -60, max: 320 }).map(after),
  }),
  { maxLength: 8 },
);

it('comes to the same in whatever order scans arrive, and however often', () => {
  fc.assert(
    fc.property(scans, fc.infiniteStream(fc.nat()), (given, dice) => {
      const shuffled = [...given, ...given.slice(0, 3)]
        .map((scan) => ({ scan, at: dice.next().value }))
        .sort((a, b) => a.at - b.at)
        .map(({ scan }) => scan);
      expect(walk(shuffled)).toEqual(walk(given));
    }),
  );
});

it('never counts more than the shift, nor before or after it', () => {
  fc.assert(
    fc.property(scans, (given) => {
      const presence = walk(given);
      const minutes = minutesOf(presence);
      expect(minutes).toBeLessThanOrEqual(mostMinutesOf(presence));
      expect(mostMinutesOf(presence)).toBeLessThanOrEqual(240);
      if (presence.inAt) expect(presence.inAt < endsAt).toBe(true);
    }),
  );
});

it('puts the planned end where nobody checked out, and lets a late scan replace it', () => {
  const entered = walk([{ kind: 'in', way: 'place', at: after(5) }]);
  expect(entered).toMatchObject({ state: 'forgotten', outAt: endsAt, outWay: 'forgotten' });
  const out = { kind: 'out' as const, way: 'offline' as const, at: after(90) };
  const decision = decideScan(entered, out, window, late);
  expect(decision).toMatchObject({ next: { state: 'out', outAt: after(90), outWay: 'offline' } });
  expect(walk([{ kind: 'in', way: 'place', at: after(5) }], after(6)).state).toBe('present');
});

it.each(['confirmed', 'verified', 'refused'] as const)('changes nothing once it is %s', (state) => {
  const scan = { kind: 'in' as const, way: 'offline' as const, at: after(1) };
  expect(decideScan({ ...nothing, state }, scan, window, late)).toEqual({ verdict: 'kept' });
});

it('refuses what is before the doors open and after the grace', () => {
  const at = (kind: 'in' | 'out', minutes: number) =>
    decideScan(nothing, { kind, way: 'place', at: after(minutes) }, window, late).verdict;
  expect([at('in', -31), at('in', -30), at('in', 240)]).toEqual(['refused', 'counted', 'refused']);
  expect([at('out', 0), at('out', 300), at('out', 301)]).toEqual(['refused', 'counted', 'refused']);
});
