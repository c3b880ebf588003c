import { describe, expect, it } from 'vitest';
import { formatDay, formatInstant } from './format.ts';

describe('times on a screen', () => {
  const now = new Date('2026-11-30T00:00:00Z');
  it('are those of Shanghai, on the day that it is there', () => {
    expect(formatInstant('2026-11-30T16:05:00.000Z', 'zh', now)).toBe('12月1日 00:05');
    expect(formatInstant('2026-11-30T16:05:00.000Z', 'en', now)).toBe('1 Dec, 00:05');
  });
  it('tell the year where it is not this one, by the year of Shanghai', () => {
    expect(formatInstant('2025-12-31T15:59:00.000Z', 'zh', now)).toBe('2025年12月31日 23:59');
    expect(formatInstant('2025-12-31T16:00:00.000Z', 'zh', now)).toBe('1月1日 00:00');
  });
  it('civil dates are the same day wherever the reader is', () => {
    expect(formatDay('2027-12-31', 'zh')).toBe('2027年12月31日');
    expect(formatDay('2027-12-31', 'en')).toBe('31 Dec 2027');
  });
});
