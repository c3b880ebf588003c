import { parseCivilDate } from '@ddp/calendar/civil-date';
import { newRecognitionRulesSchema } from '@ddp/contracts/volunteering/recognition';
import { type StarState, starStates } from '@ddp/contracts/volunteering/stars';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideStars, type LiveStar, levelOf, starEntryOf } from './star.ts';

const { starHours } = newRecognitionRulesSchema.parse({});

describe('stars', () => {
  it('are reached at the whole hour', () => {
    expect([5_999, 6_000, 17_999, 18_000, 90_000].map((one) => levelOf(one, starHours))).toEqual([
      0, 1, 1, 2, 5,
    ]);
  });

  it.each([
    ['published', 'withdraw'],
    ['active', 'notice'],
    ['refused', 'release'],
  ] as const)('whose hours are gone: %s leads to %s', (state, move) => {
    const star = { id: 'a', level: 1, state, thresholdMinutes: 6_000 };
    expect(decideStars(5_000, starHours, [star]).moves).toEqual([{ id: 'a', move }]);
  });

  it('stay under the rule by which they were reached', () => {
    const star = { id: 'a', level: 1, state: 'active' as const, thresholdMinutes: 3_000 };
    expect(decideStars(3_000, starHours, [star])).toEqual({ moves: [], propose: null });
  });

  it('are told of without a person', () => {
    const entry = starEntryOf(2, parseCivilDate('2026-11-10'));
    expect(entry.title).toBe('星级公示：二星级志愿者');
    expect(entry.text).toContain('2026 年第 46 周');
  });

  it('after every step, nothing counts below what it took, and nothing is proposed twice', () => {
    const stars = fc.uniqueArray(
      fc.record({
        level: fc.integer({ min: 1, max: 5 }),
        state: fc.constantFrom<StarState>(...starStates.slice(0, 6)),
      }),
      { selector: ({ level }) => level },
    );
    fc.assert(
      fc.property(stars, fc.integer({ min: 0, max: 100_000 }), (drawn, minutes) => {
        const live = drawn.map(
          ({ level, state }): LiveStar => ({
            ...{ id: `${level}`, level, state },
            thresholdMinutes: (starHours[level - 1] ?? 0) * 60,
          }),
        );
        const { moves, propose } = decideStars(minutes, starHours, live);
        const moved = new Map(moves.map(({ id, move }) => [id, move]));
        for (const { id, state, thresholdMinutes } of live) {
          const isReached = minutes >= thresholdMinutes;
          if (state === 'active') expect(moved.has(id)).toBe(!isReached);
          if (state === 'ending') expect(moved.has(id)).toBe(isReached);
        }
        if (propose === null) return;
        expect(propose).toBe(levelOf(minutes, starHours));
        const kept = live.filter(
          ({ id }) => !['withdraw', 'release'].includes(moved.get(id) ?? ''),
        );
        expect(kept.every(({ level }) => level < propose)).toBe(true);
      }),
    );
  });
});
