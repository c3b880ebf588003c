import { addDays, civilDateOf, startOf } from '@ddp/calendar/civil-date';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { capDays, isDrawn, splitByDay, sumOf } from './hours.ts';

it('gives each minute to the day it lies in, and loses none', () => {
  const from = fc.date({
    min: new Date('2026-01-01T00:00:00.000Z'),
    max: new Date('2027-01-01T00:00:00.000Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(from, fc.integer({ min: 0, max: 1_400 }), (start, minutes) => {
      const days = splitByDay(start, minutes);
      expect(sumOf(days)).toBe(minutes);
      expect(days[0]?.on).toBe(civilDateOf(start));
      const midnight = startOf(addDays(civilDateOf(start), 1)).getTime();
      const before = Math.floor((midnight - start.getTime()) / 60_000);
      expect(days[0]?.minutes).toBe(Math.min(minutes, before));
    }),
  );
});

it('cuts a night shift at midnight of Asia/Shanghai', () => {
  expect(splitByDay(new Date('2026-11-30T14:00:30.000Z'), 300)).toEqual([
    { on: '2026-11-30', minutes: 119 },
    { on: '2026-12-01', minutes: 181 },
  ]);
});

it('lets no day have more than its cap, whatever was counted before', () => {
  const day = fc.record({ on: fc.constantFrom('2026-11-29', '2026-11-30'), minutes: fc.nat(720) });
  fc.assert(
    fc.property(fc.uniqueArray(day, { selector: ({ on }) => on }), fc.nat(600), (days, used) => {
      const usedOn = new Map([['2026-11-30', used]]);
      for (const { on, minutes } of capDays(days, usedOn, 480)) {
        const before = usedOn.get(on) ?? 0;
        expect(minutes + before).toBeLessThanOrEqual(Math.max(480, before));
        expect(minutes).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

it('draws about so many of a hundred, the same again and again, by the secret', () => {
  const ids = Array.from({ length: 4_000 }, (_one, index) => `hours-${index}`);
  const drawn = (fill: number) => ids.filter((id) => isDrawn(Buffer.alloc(32, fill), id, 5));
  expect(drawn(1)).toEqual(drawn(1));
  expect(drawn(1)).not.toEqual(drawn(2));
  expect(drawn(1).length).toBeGreaterThan(120);
  expect(drawn(1).length).toBeLessThan(280);
});
