import { addDays, parseCivilDate } from '@ddp/calendar/civil-date';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concerns, decideAnswer, formatReference, isOnBoard, isPeriodValid } from './board.ts';
import { fillGaps } from './fill-gaps.ts';

const today = parseCivilDate('2026-05-20');

describe('the board', () => {
  it('takes periods of one to thirty days that begin today or later, and no others', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -40, max: 40 }),
        fc.integer({ min: -5, max: 40 }),
        (start, n) => {
          const fromOn = addDays(today, start);
          const isValid = isPeriodValid({ fromOn, toOn: addDays(fromOn, n - 1) }, today);
          expect(isValid).toBe(start >= 0 && n >= 1 && n <= 30);
        },
      ),
    );
  });

  it('shows an entry from its first day to its last unless it is withdrawn', () => {
    const entry = { fromOn: today, toOn: today, state: 'published' };
    expect(isOnBoard(entry, today)).toBe(true);
    expect(isOnBoard(entry, addDays(today, 1))).toBe(false);
    expect(isOnBoard(entry, addDays(today, -1))).toBe(false);
    expect(isOnBoard({ ...entry, state: 'withdrawn' }, today)).toBe(false);
  });

  it('concerns those who live in the area of the entry', () => {
    expect(concerns('/1506/150603/', '/1506/150603/150603003/')).toBe(true);
    expect(concerns('/1506/150603/', '/1506/150602/')).toBe(false);
    expect(concerns('/1506/150603/', '/1506/')).toBe(false);
    expect(concerns('/1506/150603/', null)).toBe(false);
  });

  it('is answered by neither the author, nor a party, nor the objector, nor who wrote it down', () => {
    const parties = { authorId: 'a', isParty: false, objectorId: 'o', recorderId: 'r' };
    expect(decideAnswer('x', { ...parties, isParty: true })).toBe('own-entry');
    expect(['a', 'o', 'r', 'x'].map((id) => decideAnswer(id, parties))).toEqual([
      'own-entry',
      'own-objection',
      'own-objection',
      'allowed',
    ]);
  });

  it('numbers entries through the year', () => {
    expect(formatReference(2026, 123)).toBe('GS2026-000123');
  });
});

it('fills gaps with values, words of the house, or a dash, and never with inherited things', () => {
  expect(fillGaps('{a} {b} {c}', { a: 3, b: 'upheld' }, { upheld: '成立' })).toBe('3 成立 —');
  expect(fillGaps('{toString}', {}, {})).toBe('—');
  expect(fillGaps('{a}', { a: 'constructor' }, {})).toBe('constructor');
});
