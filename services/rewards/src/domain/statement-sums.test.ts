import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cutAmount, decideDue } from './statement-sums.ts';

const cents = fc.integer({ min: -5_000_000_000, max: 5_000_000_000 });
const ceilings = fc.option(fc.integer({ min: 0, max: 3_000_000_000 }));

it('pays what is owed in the end, never less than nothing and never over the ceiling', () => {
  fc.assert(
    fc.property(fc.array(cents, { maxLength: 24 }), ceilings, (months, ceilingCents) => {
      let [carriedInCents, paid] = [0, 0];
      for (const payableCents of months) {
        const due = decideDue({ carriedInCents, payableCents, ceilingCents });
        expect(due.dueCents).toBeGreaterThanOrEqual(0);
        if (ceilingCents !== null) expect(due.dueCents).toBeLessThanOrEqual(ceilingCents);
        paid += due.dueCents;
        carriedInCents = due.carriedOutCents;
      }
      expect(paid + carriedInCents).toBe(months.reduce((sum, one) => sum + one, 0));
    }),
  );
});

it.each([
  [{ carriedInCents: 0, payableCents: 900, ceilingCents: null }, 900, 0],
  [{ carriedInCents: 0, payableCents: 900, ceilingCents: 500 }, 500, 400],
  [{ carriedInCents: 400, payableCents: 50, ceilingCents: 500 }, 450, 0],
  [{ carriedInCents: 0, payableCents: -300, ceilingCents: 500 }, 0, -300],
  [{ carriedInCents: -300, payableCents: 1_000, ceilingCents: null }, 700, 0],
])('of %o it pays %i and carries %i', (owed, dueCents, carriedOutCents) => {
  expect(decideDue(owed)).toEqual({ dueCents, carriedOutCents });
});

it('cuts an amount into pieces of the ledger that add up', () => {
  fc.assert(
    fc.property(cents, (amount) => {
      const pieces = cutAmount(amount);
      expect(pieces.every((piece) => piece > 0 && piece <= 1_000_000_000)).toBe(true);
      expect(pieces.reduce((sum, one) => sum + one, 0)).toBe(Math.abs(amount));
    }),
  );
});
