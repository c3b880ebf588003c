import { expect, it } from 'vitest';
import { codeOfStep, endOfStep, findStep, splitCode, stepAt } from './rotating-code.ts';

// The seed and two of the values of RFC 6238, appendix B, for SHA-256, cut to six digits.
const secret = Buffer.from('12345678901234567890123456789012');

it('makes the codes of RFC 6238', () => {
  expect(codeOfStep(secret, stepAt(new Date(59_000)))).toBe('119246');
  expect(codeOfStep(secret, stepAt(new Date(1_111_111_109_000)))).toBe('084774');
});

it('accepts the present step and its neighbours, and no other', () => {
  const shownAt = new Date('2026-11-24T02:00:10.000Z');
  const code = codeOfStep(secret, stepAt(shownAt));
  const after = (seconds: number) => new Date(shownAt.getTime() + seconds * 1000);
  expect(findStep(secret, code, shownAt, null)).toBe(stepAt(shownAt));
  expect(findStep(secret, code, after(31), null)).toBe(stepAt(shownAt));
  expect(findStep(secret, code, after(-30), null)).toBe(stepAt(shownAt));
  expect(findStep(secret, code, after(61), null)).toBeNull();
  expect(findStep(secret, code, after(-61), null)).toBeNull();
});

it('knows the code that a voucher was used with for good', () => {
  const usedAt = new Date('2026-11-24T02:00:10.000Z');
  const code = codeOfStep(secret, stepAt(usedAt));
  const later = new Date(usedAt.getTime() + 86_400_000);
  expect(findStep(secret, code, later, stepAt(usedAt))).toBe(stepAt(usedAt));
  expect(findStep(secret, code, later, stepAt(usedAt) + 1)).toBeNull();
});

it('splits what is scanned, and tells when the next code comes', () => {
  expect(splitCode('12345678901234')).toEqual({ voucherNumber: '12345678', rotating: '901234' });
  const end = endOfStep(stepAt(new Date('2026-11-24T02:00:10.000Z')));
  expect(end.toISOString()).toBe('2026-11-24T02:00:30.000Z');
});
