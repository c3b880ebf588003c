import { randomBytes } from 'node:crypto';
import { symbols } from './crockford.ts';

const pattern = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/;

/**
 * A public token: 128 random bits as 26 lower-case symbols of Crockford's base 32, which no font,
 * URL or mini-program `scene` (32 characters at most) can distort. It is never a database id.
 */
export function newToken(): string {
  let bits = BigInt(`0x${randomBytes(16).toString('hex')}`);
  let token = '';
  for (let index = 0; index < 26; index += 1) {
    token = symbols.charAt(Number(bits & 31n)) + token;
    bits >>= 5n;
  }
  return token.toLowerCase();
}

/** Whether a text has exactly the form of a token; upper case is another text. */
export function isToken(text: string): boolean {
  return pattern.test(text);
}
