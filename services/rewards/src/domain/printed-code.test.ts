import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isFromPaper, matchesPaper, printedCode } from './printed-code.ts';

const secrets = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));

it('is eight digits that fit their own secret alone', () => {
  fc.assert(
    fc.property(secrets, secrets, (one, other) => {
      const code = printedCode(one);
      expect(code).toMatch(/^[0-9]{8}$/);
      expect(matchesPaper(one, code)).toBe(true);
      expect(matchesPaper(other, code)).toBe(printedCode(other) === code);
    }),
  );
});

it('is told from the code of a screen by its length', () => {
  expect(isFromPaper('12345678')).toBe(true);
  expect(isFromPaper('123456')).toBe(false);
  expect(matchesPaper(Buffer.alloc(32), '123456')).toBe(false);
});
