import { describe, expect, it } from 'vitest';
import { scaleIntervals } from './intervals.ts';

describe('the intervals', () => {
  it('at full scale notice a wipe in seconds and what is overdue in a minute or so', () => {
    const intervals = scaleIntervals(1);
    expect(intervals.epochCheckMs).toBeLessThanOrEqual(5_000);
    expect(intervals.republishAfterMs + intervals.reconcileMs).toBeLessThanOrEqual(90_000);
  });

  it('shrink together, in the same order, and never to nothing', () => {
    const full = scaleIntervals(1);
    const small = scaleIntervals(0.05);
    const tiny = scaleIntervals(0.000_001);
    for (const name of Object.keys(full) as (keyof typeof full)[]) {
      expect(small[name]).toBeLessThanOrEqual(full[name]);
      expect(tiny[name]).toBeLessThanOrEqual(small[name]);
      expect(tiny[name]).toBeGreaterThanOrEqual(20);
    }
    for (const { relayPollMs, relayLeaseMs, reconcileMs, republishAfterMs } of [
      full,
      small,
      tiny,
    ]) {
      expect(relayPollMs).toBeLessThan(relayLeaseMs);
      expect(reconcileMs).toBeLessThan(republishAfterMs);
    }
  });
});
