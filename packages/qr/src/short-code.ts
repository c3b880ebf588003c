import { randomBytes } from 'node:crypto';
import { symbols } from './crockford.ts';

/** Symbols before the check symbol. */
export const dataLength = 8;

/**
 * A typed code for phones that cannot scan: 8 random symbols (40 bits) and a check symbol. It is an
 * identifier, not a secret; look-ups by it are limited in rate.
 */
export function newShortCode(): string {
  const values = [...randomBytes(dataLength)].map((byte) => byte & 31);
  return [...values, checkValueOf(values)].map((value) => symbols.charAt(value)).join('');
}

/**
 * Reads what a person typed: any case, spaces and dashes anywhere, full-width characters, O for 0
 * and I or L for 1. Gives the 9 stored symbols, or null when the check symbol does not agree.
 */
export function parseShortCode(typed: string): string | null {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}\u2212]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  if (code.length !== dataLength + 1) return null;
  const values = [...code].map((symbol) => symbols.indexOf(symbol));
  if (values.includes(-1)) return null;
  return checkValueOf(values.slice(0, dataLength)) === values[dataLength] ? code : null;
}

/** The code as it is printed: three groups of three, `7KX-29M-4QT`. */
export function formatShortCode(code: string): string {
  return code.replace(/(.{3})(?=.)/g, '$1-');
}

/**
 * What each symbol, by its value, adds to the check value from its place: the check symbol is the XOR
 * of these. For checks that cannot run this code, such as one in SQL.
 */
export function checkSharesOf(place: number): number[] {
  return Array.from({ length: symbols.length }, (_, value) =>
    checkValueOf(Array.from({ length: dataLength }, (_one, at) => (at === place ? value : 0))),
  );
}

/**
 * The check symbol makes the sum of α^i · symbol_i over the whole code zero in GF(32), α a generator
 * of the field (x⁵ + x² + 1). All weights differ and none is zero, so every single wrong symbol and
 * every exchange of two symbols shows; ISO 7064 would need symbols beyond the 32 to do as much.
 */
function checkValueOf(values: readonly number[]): number {
  // Horner's scheme from the last symbol to the first gives Σ α^(i+1) · symbol_i with i from 0; the
  // check symbol then stands at α^0, which its value needs no division for.
  return values.reduceRight((sum, value) => timesAlpha(sum ^ value), 0);
}

function timesAlpha(value: number): number {
  const shifted = value << 1;
  return shifted & 32 ? shifted ^ 0b100101 : shifted;
}
