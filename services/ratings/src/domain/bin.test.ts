import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bin, type Countable, cutBins, leastRaters } from './bin.ts';
import { type LevelCounts, levels } from './cell.ts';

const idOf = (index: number) => index.toString(16).padStart(12, '0');

const rating = fc.record({
  raterKey: fc.integer({ min: 0, max: 11 }).map(String),
  place: fc.constantFrom('a', 'a', 'a', 'b'),
  month: fc.constant(''),
  level: fc.integer({ min: 1, max: 5 }),
  isCounted: fc.boolean(),
  isNewMonth: fc.integer({ min: 0, max: 6 }).map((one) => one === 0),
});

/** Ratings in order, in months that follow one another. */
const ratings = fc.array(rating, { maxLength: 60 }).map((list) => {
  let month = 1;
  return list.map(({ isNewMonth, ...one }, index): Countable => {
    month += isNewMonth ? 1 : 0;
    return { ...one, id: idOf(index), month: `2026-${String(month).padStart(2, '0')}` };
  });
});

const membersOf = (bin: Bin, all: readonly Countable[]) =>
  all.filter(({ id, isCounted }) => isCounted && id >= bin.firstId && id <= bin.lastId);

const totalOf = (list: readonly Countable[]): LevelCounts =>
  Object.fromEntries(
    levels.map((level) => [level, list.filter((one) => one.level === level).length]),
  ) as LevelCounts;

describe('what is told', () => {
  it('is in groups of five raters or more, of one place, that never overlap', () => {
    fc.assert(
      fc.property(ratings, (all) => {
        const { bins } = cutBins(all);
        for (const bin of bins) {
          const members = membersOf(bin, all);
          expect(new Set(members.map((one) => one.raterKey)).size).toBe(bin.raters);
          expect(bin.raters).toBeGreaterThanOrEqual(leastRaters);
          expect(new Set(members.map((one) => one.place))).toEqual(new Set([bin.place]));
          expect(bin.counts).toEqual(totalOf(members));
          expect(bin.month).toBe(members.at(-1)?.month);
        }
        const ends = bins.flatMap(({ firstId, lastId }) => [firstId, lastId]);
        expect(ends).toEqual([...ends].sort());
      }),
      { numRuns: 500 },
    );
  });

  it('stays as it is when more ratings come, so that two readings differ by whole groups', () => {
    fc.assert(
      fc.property(ratings, fc.nat(60), (all, cut) => {
        const early = all.slice(0, cut);
        const told = cutBins(early).bins;
        const last = told.at(-1)?.lastId ?? '';
        const later = [...told, ...cutBins(all.filter(({ id }) => id > last)).bins];
        expect(later.slice(0, told.length)).toEqual(told);
      }),
    );
  });

  it('is the same whether ratings are read at once or page by page, as long as no group is full', () => {
    fc.assert(
      fc.property(ratings, fc.nat(60), (all, cut) => {
        const first = cutBins(all.slice(0, cut));
        fc.pre(first.bins.length === 0);
        expect(cutBins(all.slice(cut), first.open)).toEqual(cutBins(all));
      }),
    );
  });

  it('loses no rater by a rating of another place that does not count', () => {
    const one = (index: number, fields: Partial<Countable> = {}): Countable => ({
      ...{ id: idOf(index), raterKey: String(index), place: 'a', month: '2026-11', level: 5 },
      ...{ isCounted: true, ...fields },
    });
    const withdrawn = one(3, { place: 'b', isCounted: false });
    const all = [one(0), one(1), one(2), withdrawn, one(4), one(5)];
    expect(cutBins(all).bins).toMatchObject([{ raters: 5, firstId: idOf(0), lastId: idOf(5) }]);
  });

  it('gives no sum or difference of any queries over fewer than five raters', () => {
    const query = fc.record({
      subjects: fc.subarray([0, 1, 2]),
      places: fc.subarray(['a', 'b']),
      fromMonth: fc.integer({ min: 1, max: 12 }),
      toMonth: fc.integer({ min: 1, max: 12 }),
      weight: fc.constantFrom(-1, 1, 2, -2),
    });
    fc.assert(
      fc.property(
        fc.tuple(ratings, ratings, ratings),
        fc.array(query, { maxLength: 6 }),
        (subjects, queries) => {
          const bins = subjects.flatMap((all, subject) =>
            cutBins(all).bins.map((bin) => ({ subject, bin, members: membersOf(bin, all) })),
          );
          // How often each rating stands in the combination of all that was asked.
          const weightOf = new Map<string, number>();
          for (const { subjects: some, places, fromMonth, toMonth, weight } of queries) {
            for (const { subject, bin, members } of bins) {
              const month = Number(bin.month.slice(5));
              if (!some.includes(subject) || !places.includes(bin.place)) continue;
              if (month < fromMonth || month > toMonth) continue;
              for (const { id } of members) {
                const key = `${subject} ${id}`;
                weightOf.set(key, (weightOf.get(key) ?? 0) + weight);
              }
            }
          }
          // Whatever the combination leaves of a group, it leaves of all its raters alike.
          for (const { subject, members } of bins) {
            const weights = new Set(members.map(({ id }) => weightOf.get(`${subject} ${id}`) ?? 0));
            expect(weights.size).toBe(1);
          }
          const left = new Set(
            bins.flatMap(({ subject, members }) =>
              members
                .filter(({ id }) => (weightOf.get(`${subject} ${id}`) ?? 0) !== 0)
                .map(({ raterKey }) => `${subject} ${raterKey}`),
            ),
          );
          expect(left.size === 0 || left.size >= leastRaters).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
