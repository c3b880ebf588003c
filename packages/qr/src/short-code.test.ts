import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { symbols } from './crockford.ts';
import { formatShortCode, newShortCode, parseShortCode } from './short-code.ts';

const codes = fc.constant(null).map(newShortCode);
const places = fc.integer({ min: 0, max: 8 });

function replaceAt(code: string, place: number, symbol: string): string {
  return code.slice(0, place) + symbol + code.slice(place + 1);
}

describe('typed short codes', () => {
  it('read back as they were made, also as printed', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{9}$/);
        expect(parseShortCode(code)).toBe(code);
        expect(formatShortCode(code)).toMatch(/^.{3}-.{3}-.{3}$/);
        expect(parseShortCode(formatShortCode(code))).toBe(code);
      }),
    );
  });

  it('show every single wrong symbol', () => {
    fc.assert(
      fc.property(codes, places, (code, place) => {
        for (const symbol of symbols) {
          if (symbol === code.charAt(place)) continue;
          expect(parseShortCode(replaceAt(code, place, symbol))).toBeNull();
        }
      }),
    );
  });

  it('show every exchange of two different symbols, neighbours or not', () => {
    fc.assert(
      fc.property(codes, places, places, (code, a, b) => {
        fc.pre(code.charAt(a) !== code.charAt(b));
        const swapped = replaceAt(replaceAt(code, a, code.charAt(b)), b, code.charAt(a));
        expect(parseShortCode(swapped)).toBeNull();
      }),
    );
  });

  it('have one valid check symbol for each data part', () => {
    fc.assert(
      fc.property(codes, (code) => {
        const valid = [...symbols].filter((symbol) => parseShortCode(code.slice(0, 8) + symbol));
        expect(valid).toEqual([code.charAt(8)]);
      }),
    );
  });

  it('forgive case, spaces, dashes, full-width characters and look-alike letters', () => {
    fc.assert(
      fc.property(codes, fc.constantFrom('O', 'o', '０', 'Ｏ'), (code, zero) => {
        const fullWidth = [...code]
          .map((symbol) => String.fromCodePoint((symbol.codePointAt(0) ?? 0) + 0xfee0))
          .join('　');
        expect(parseShortCode(fullWidth)).toBe(code);
        expect(parseShortCode(`  ${code.toLowerCase().split('').join(' – ')}\t`)).toBe(code);
        expect(parseShortCode(code.replace(/0/g, zero))).toBe(code);
        expect(parseShortCode(code.replace(/1/g, 'l'))).toBe(code);
        expect(parseShortCode(code.replace(/1/g, 'I'))).toBe(code);
      }),
    );
  });

  it.each(['', '0', '00000000', '0000000000', 'UUUUUUUUU', '*********', '000000000000000'])(
    'refuse %j',
    (typed) => {
      expect(parseShortCode(typed)).toBeNull();
    },
  );

  it('do not repeat within ten thousand', () => {
    expect(new Set(Array.from({ length: 10_000 }, newShortCode)).size).toBe(10_000);
  });
});
