import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  endOfStepMs,
  findStep,
  isOpenAt,
  nonceOfStep,
  type PlaceWindow,
  splitPlaceCode,
  stepAt,
} from './place-step.ts';

const secret = Buffer.alloc(32, 7);
const noon = Date.parse('2026-11-25T04:00:00.000Z');
const window: PlaceWindow = { opensAtMs: noon, closesAtMs: noon + 3_600_000, stepMs: 30_000 };
const nonceAt = (ms: number) => nonceOfStep(secret, stepAt(window, ms));

describe('the code of a place', () => {
  it('is good while it is shown, one step before and one step after', () => {
    const moment = fc.integer({ min: noon + 60_000, max: noon + 3_500_000 });
    fc.assert(
      fc.property(moment, fc.integer({ min: -4, max: 4 }), (nowMs, away) => {
        const nonce = nonceAt(nowMs + away * window.stepMs);
        const step = findStep(secret, nonce, window, nowMs);
        const expected = Math.abs(away) <= 1 ? stepAt(window, nowMs) + away : null;
        expect(step).toBe(expected);
      }),
    );
  });

  it('is refused where its step lies outside the window, also a moment after opening', () => {
    expect(findStep(secret, nonceAt(noon - 1), window, noon)).toBeNull();
    expect(findStep(secret, nonceAt(noon), window, noon)).toBe(stepAt(window, noon));
    const last = window.closesAtMs - 1;
    expect(findStep(secret, nonceAt(window.closesAtMs), window, last)).toBeNull();
    expect([noon - 1, noon, last, window.closesAtMs].map((ms) => isOpenAt(window, ms))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('is refused under the secret of another place', () => {
    const other = nonceOfStep(Buffer.alloc(32, 8), stepAt(window, noon));
    expect(findStep(secret, other, window, noon)).toBeNull();
  });

  it('ends where the next step begins', () => {
    const end = endOfStepMs(window, stepAt(window, noon));
    expect(stepAt(window, end - 1)).toBe(stepAt(window, noon));
    expect(stepAt(window, end)).toBe(stepAt(window, noon) + 1);
  });
});

it.each(['', 'zz', '0'.repeat(27), '0'.repeat(29), 'A'.repeat(28), `${'0'.repeat(28)}\n`])(
  'takes %j for no code',
  (text) => {
    expect(splitPlaceCode(text)).toBeNull();
  },
);
