import { describe, expect, it } from 'vitest';
import { isToken, newToken } from './token.ts';

describe('public tokens', () => {
  it('are 26 symbols that fit a URL, a print and a scene parameter', () => {
    for (let round = 0; round < 1_000; round += 1) {
      const token = newToken();
      expect(token).toMatch(/^[0-9a-z]{26}$/);
      expect(isToken(token)).toBe(true);
      expect(encodeURIComponent(token)).toBe(token);
    }
  });

  it('use all 128 bits and never repeat', () => {
    const tokens = Array.from({ length: 5_000 }, newToken);
    expect(new Set(tokens).size).toBe(tokens.length);
    for (let place = 0; place < 26; place += 1) {
      const seen = new Set(tokens.map((token) => token.charAt(place)));
      expect(seen.size).toBe(place === 0 ? 8 : 32);
    }
  });

  it.each([
    ['too short', '0'.repeat(25)],
    ['too long', '0'.repeat(27)],
    ['more than 128 bits', '8'.padEnd(26, '0')],
    ['upper case', 'A'.padStart(26, '0')],
    ['an ambiguous letter', 'o'.padStart(26, '0')],
    ['a newline at the end', `${'0'.repeat(26)}\n`],
    ['full-width digits', '０'.repeat(26)],
    ['nothing', ''],
  ])('refuses %s', (_what, text) => {
    expect(isToken(text)).toBe(false);
  });
});
