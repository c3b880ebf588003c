import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levels } from './cell.ts';
import { builtIn, doReasonsFit, findAnswered, inForceOn, reasonsFor } from './question-set.ts';
import { decideRater, raterKey, walkUpOnce } from './rater.ts';

describe('reasons', () => {
  it('fit the level they are offered for, once each', () => {
    for (const level of levels) {
      const codes = reasonsFor(builtIn, level).map((reason) => reason.code);
      expect(doReasonsFit(builtIn, level, codes)).toBe(true);
    }
    expect(doReasonsFit(builtIn, 5, ['rude'])).toBe(false);
    expect(doReasonsFit(builtIn, 1, ['patient'])).toBe(false);
    expect(doReasonsFit(builtIn, 5, ['patient', 'patient'])).toBe(false);
  });
});

describe('the questions in force', () => {
  const set = (version: number, fromOn: string, toOn: string | null = null) => ({
    ...builtIn,
    ...{ version, fromOn, toOn },
  });
  const published = [set(1, '2026-03-01'), set(2, '2026-05-01', '2026-05-31')];

  it('are those of the newest version that has begun, and the built-in ones outside of all', () => {
    expect(inForceOn(published, '2026-02-28').version).toBe(0);
    expect(inForceOn(published, '2026-03-01').version).toBe(1);
    expect(inForceOn(published, '2026-05-31').version).toBe(2);
    expect(inForceOn(published, '2026-06-01').version).toBe(0);
  });

  it('of a form loaded before a change are taken for a day more', () => {
    const days = { today: '2026-05-01', yesterday: '2026-04-30' };
    expect(findAnswered(published, days, undefined)?.version).toBe(2);
    expect(findAnswered(published, days, 1)?.version).toBe(1);
    expect(findAnswered(published, days, 0)).toBeNull();
    const later = { today: '2026-05-02', yesterday: '2026-05-01' };
    expect(findAnswered(published, later, 1)).toBeNull();
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

  it('may rate again only with another programme, subject or day', () => {
    const uuid = fc.uuid();
    fc.assert(
      fc.property(uuid, uuid, uuid, uuid, (programmeId, subjectId, other, person) => {
        const key = raterKey({ personId: person, deviceId: null }, '');
        const once = (place: { programmeId: string | null; subjectId: string }, day: string) =>
          walkUpOnce(place, key, day).toString('hex');
        const place = { programmeId, subjectId };
        const keys = [
          once(place, '2026-01-01'),
          once(place, '2026-01-02'),
          once({ programmeId: null, subjectId }, '2026-01-01'),
          ...(other === subjectId ? [] : [once({ programmeId, subjectId: other }, '2026-01-01')]),
        ];
        expect(new Set(keys).size).toBe(keys.length);
        expect(once(place, '2026-01-01')).toBe(keys[0]);
      }),
    );
  });
});
