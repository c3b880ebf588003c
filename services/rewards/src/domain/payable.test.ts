import fc from 'fast-check';
import { expect, it } from 'vitest';
import { payableFrom } from './payable.ts';

const offers = fc.array(
  fc.record({
    pricePoints: fc.integer({ min: 1, max: 50 }),
    unitValueCents: fc.nat(500),
    pieces: fc.nat(20),
  }),
  { maxLength: 6 },
);
const limit = fc.option(fc.nat(2_000));

it('is never more than is on offer, nor than the budget has left', () => {
  const property = fc.property(offers, limit, limit, (some, points, cents) => {
    const payable = payableFrom({ points, cents }, some);
    const offered = some.reduce((sum, one) => sum + one.pieces * one.pricePoints, 0);
    expect(payable).toBeGreaterThanOrEqual(0);
    expect(payable).toBeLessThanOrEqual(Math.min(offered, points ?? offered));
    if (points === null && cents === null) expect(payable).toBe(offered);
    const most = Math.max(0, ...some.map((one) => one.pricePoints / one.unitValueCents));
    if (cents !== null) expect(payable).toBeLessThanOrEqual(cents * most || offered);
    const less = payableFrom({ points, cents: cents === null ? null : 0 }, some);
    expect(less).toBeLessThanOrEqual(payable);
  });
  fc.assert(property, { numRuns: 300 });
});

it('counts whole pieces, and what two benefits share once', () => {
  const tea = { pricePoints: 8, unitValueCents: 1_000, pieces: 50 };
  const wash = { pricePoints: 20, unitValueCents: 2_000, pieces: 1 };
  expect(payableFrom({ points: 20, cents: null }, [tea])).toBe(16);
  expect(payableFrom({ points: 100, cents: null }, [tea, tea])).toBe(100);
  expect(payableFrom({ points: null, cents: 3_000 }, [tea, wash])).toBe(28);
  expect(payableFrom({ points: null, cents: 999 }, [tea, wash])).toBe(0);
  expect(payableFrom({ points: 0, cents: 0 }, [{ ...tea, unitValueCents: 0 }])).toBe(0);
});
