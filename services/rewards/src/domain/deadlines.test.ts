import { expect, it } from 'vitest';
import { holdEnd, mayHoldArrive, resumeWaitSeconds, voucherEnd } from './deadlines.ts';

it('a voucher is good until the end of its last day in Asia/Shanghai', () => {
  // 15:59 UTC is still the 24th in Shanghai, 16:00 is the 25th.
  expect(voucherEnd(new Date('2026-11-24T15:59:00.000Z'), 30)).toEqual({
    lastDay: '2026-12-24',
    at: new Date('2026-12-24T16:00:00.000Z'),
  });
  expect(voucherEnd(new Date('2026-11-24T16:00:00.000Z'), 30).lastDay).toBe('2026-12-25');
});

it('a hold outlives every voucher that can come of it', () => {
  const requestedAt = new Date('2026-11-24T15:59:59.999Z');
  for (const validDays of [1, 30, 365]) {
    for (const hours of [0, 1, 23.99]) {
      const issuedAt = new Date(requestedAt.getTime() + hours * 3_600_000);
      const spareMs =
        holdEnd(requestedAt, validDays).getTime() - voucherEnd(issuedAt, validDays).at.getTime();
      expect(spareMs).toBeGreaterThanOrEqual(7 * 86_400_000);
    }
  }
});

it('a step is told again ever more seldom, but at least every six hours', () => {
  expect([0, 1, 2].map(resumeWaitSeconds)).toEqual([120, 240, 480]);
  expect(resumeWaitSeconds(1_000)).toBe(6 * 3_600);
});

it('a hold may arrive for ten minutes after it was asked for', () => {
  const askedAt = new Date('2026-11-24T00:00:00.000Z');
  expect(mayHoldArrive(askedAt, new Date('2026-11-24T00:09:59.000Z'))).toBe(true);
  expect(mayHoldArrive(askedAt, new Date('2026-11-24T00:10:00.000Z'))).toBe(false);
});
