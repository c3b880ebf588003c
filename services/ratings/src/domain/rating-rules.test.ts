import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { doReasonsFit, levels, reasonsFor } from './question-set.ts';
import { decideRater, raterKey } from './rater.ts';
import { scoreOf, shownFrom } from './score.ts';

describe('reasons', () => {
  it('fit the level they are offered for, once each', () => {
    for (const level of levels)
      expect(doReasonsFit(level, reasonsFor(level).slice(0, 5))).toBe(true);
    expect(doReasonsFit(5, ['rude'])).toBe(false);
    expect(doReasonsFit(1, ['patient'])).toBe(false);
    expect(doReasonsFit(5, ['patient', 'patient'])).toBe(false);
  });
});

describe('a rater', () => {
  const subject = { personId: 'p1', unitId: 'u1' };
  it('is neither the rated person nor of the same unit', () => {
    expect(decideRater('p1', subject, [])).toBe('self-rating');
    expect(decideRater('p2', subject, ['u1'])).toBe('own-unit');
    expect(decideRater('p2', subject, ['u2'])).toBe('allowed');
    expect(decideRater(null, subject, [])).toBe('allowed');
  });

  it('has one key as a person whatever the device', () => {
    const a = raterKey({ personId: 'p', deviceId: 'x' }, 'k1');
    expect(raterKey({ personId: 'p', deviceId: 'y' }, 'k2')).toEqual(a);
    const guest = raterKey({ personId: null, deviceId: null }, 'k1');
    expect(raterKey({ personId: null, deviceId: null }, 'k2')).not.toEqual(guest);
  });
});

describe('a score', () => {
  it('shows no mean below five, and stays within the levels', () => {
    const count = fc.record({
      level: fc.integer({ min: 1, max: 5 }),
      count: fc.integer({ min: 0, max: 50 }),
    });
    fc.assert(
      fc.property(fc.array(count, { maxLength: 5 }), (counts) => {
        const score = scoreOf(counts);
        if (score.count < shownFrom) expect(score.mean).toBeNull();
        else expect(score.mean).toSatisfy((mean: number) => mean >= 1 && mean <= 5);
      }),
    );
  });
});
