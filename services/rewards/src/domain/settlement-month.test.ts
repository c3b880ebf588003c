import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hasClosed, monthAt, nextMonth, spanOfMonth } from './settlement-month.ts';

const instants = fc.date({
  min: new Date('2024-01-01'),
  max: new Date('2039-12-31'),
  noInvalidDate: true,
});

it('puts every instant into exactly one month, and months follow one another without a gap', () => {
  fc.assert(
    fc.property(instants, (instant) => {
      const month = monthAt(instant);
      const { from, until } = spanOfMonth(month);
      expect(from <= instant && instant < until).toBe(true);
      expect(spanOfMonth(nextMonth(month)).from).toEqual(until);
    }),
  );
});

it('begins and ends at midnight in Asia/Shanghai', () => {
  expect(spanOfMonth('2026-12')).toEqual({
    from: new Date('2026-11-30T16:00:00Z'),
    until: new Date('2026-12-31T16:00:00Z'),
  });
  expect(nextMonth('2027-01')).toBe('2027-02');
});

it('closes half an hour after the end, when nothing can be undone any more', () => {
  expect(hasClosed('2026-11', new Date('2026-11-30T16:29:59.999Z'))).toBe(false);
  expect(hasClosed('2026-11', new Date('2026-11-30T16:30:00Z'))).toBe(true);
  expect(hasClosed('2026-12', new Date('2026-11-30T16:30:00Z'))).toBe(false);
});
