import fc from 'fast-check';
import { expect, it } from 'vitest';
import { codeOfStep, endOfStep, isCodeOf, splitCode, stepAt } from './volunteer-code.ts';

const secret = Buffer.alloc(32, 7);

it('takes the code of its own half minute and of the ones beside it, and of no other', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 100, max: 90_000_000 }),
      fc.integer({ min: -9, max: 9 }),
      (step, off) => {
        const instant = new Date(endOfStep(step).getTime() - 1);
        expect(stepAt(instant)).toBe(step);
        const code = codeOfStep(secret, step + off);
        const isNear = Math.abs(off) <= 1;
        const twins = [step - 1, step, step + 1].map((one) => codeOfStep(secret, one));
        expect(isCodeOf(secret, code, instant)).toBe(isNear || twins.includes(code));
      },
    ),
  );
});

it('splits what a leader scans into who it is and what changes', () => {
  expect(splitCode('12345678901234')).toEqual({ number: '12345678', rotating: '901234' });
});
