import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Change,
  decideFigures,
  decideMembers,
  decideVeils,
  type Figures,
  figureNames,
  type Member,
  memberKey,
  monthsOf,
  nodesOf,
  noFigures,
  periodsOf,
  type TallyRecord,
} from './statistics.ts';

/** Keeps statistics as the tables do. */
function createTables() {
  const uses = new Map<string, number>();
  const cells = new Map<string, Figures>();
  return {
    cells,
    uses,
    count(records: readonly TallyRecord[]) {
      const changed = decideMembers(records).map((member: Change<Member>) => {
        const now = (uses.get(memberKey(member)) ?? 0) + member.by;
        uses.set(memberKey(member), now);
        if (now === 0) uses.delete(memberKey(member));
        return { ...member, uses: now };
      });
      for (const { areaPath, period, skillId, by } of decideFigures(records, changed)) {
        const key = `${areaPath} ${period} ${skillId}`;
        const kept = cells.get(key) ?? noFigures;
        const sums = figureNames.map((name) => [name, kept[name] + by[name]]);
        cells.set(key, Object.fromEntries(sums) as Figures);
      }
    },
  };
}

const one = (of: Partial<TallyRecord> = {}): TallyRecord => ({
  ...{ programmeId: 'p', areaPath: '/1506/150603/', on: '2026-11-10', kind: 'verified' },
  ...{ personId: 'a', teamId: 't', activityId: 'c', shiftId: 's', isOrder: false },
  ...{ skillId: null, before: 0, after: 60, ...of },
});

const drawn = fc.record({
  areaPath: fc.constantFrom('/1506/', '/1506/150603/', '/1506/150602/', '/1506/150603/150603001/'),
  on: fc.constantFrom('2026-09-30', '2026-10-01', '2026-11-10', '2026-12-31'),
  kind: fc.constantFrom('verified', 'recorded') as fc.Arbitrary<TallyRecord['kind']>,
  personId: fc.constantFrom('a', 'b', 'c'),
  teamId: fc.constantFrom('t', 'u'),
  activityId: fc.constantFrom('x', 'y', null),
  shiftId: fc.constantFrom('x1', 'y1', null),
  isOrder: fc.boolean(),
  skillId: fc.constantFrom('k', null),
});

describe('statistics', () => {
  it('are the same however often hours are corrected and in whatever batches they are told', () => {
    const steps = fc.array(fc.tuple(fc.nat(5), fc.nat(120), fc.boolean()), { maxLength: 40 });
    fc.assert(
      fc.property(fc.array(drawn, { minLength: 6, maxLength: 6 }), steps, (records, moves) => {
        const kept = createTables();
        const minutes = records.map(() => 0);
        let batch: TallyRecord[] = [];
        for (const [index, after, isLast] of moves) {
          const record = records[index];
          if (!record) continue;
          batch.push({ ...one(), ...record, before: minutes[index] ?? 0, after });
          minutes[index] = after;
          if (!isLast) continue;
          kept.count(batch);
          batch = [];
        }
        kept.count(batch);
        const anew = createTables();
        anew.count(records.map((record, index) => one({ ...record, after: minutes[index] ?? 0 })));
        const shown = ({ cells }: typeof kept) =>
          [...cells]
            .filter(([, figures]) => figureNames.some((name) => figures[name] !== 0))
            .sort();
        expect(shown(kept)).toEqual(shown(anew));
        expect([...kept.uses].sort()).toEqual([...anew.uses].sort());
      }),
    );
  });

  it('count a person, a team and an activity once, and minutes wherever they were served', () => {
    const { count, cells } = createTables();
    count([one(), one({ areaPath: '/1506/150602/', shiftId: 's2', activityId: 'd', after: 30 })]);
    expect(cells.get('/1506/ 2026-Q4 null')).toMatchObject({
      ...{ people: 1, teams: 1, activities: 2, shifts: 2, services: 2, verifiedMinutes: 90 },
    });
    expect(cells.get('/1506/150602/ 2026-11 null')).toMatchObject({ people: 1, shifts: 1 });
    count([one({ before: 60, after: 0 })]);
    expect(cells.get('/1506/150603/ 2026-11 null')).toEqual(noFigures);
    expect(cells.get('/1506/ 2026-11 null')).toMatchObject({ people: 1, activities: 1 });
  });

  it('keep what was typed in apart', () => {
    const { count, cells } = createTables();
    count([one({ kind: 'recorded' })]);
    const only = { ...noFigures, recordedMinutes: 60, recordedPeople: 1 };
    expect(cells.get('/1506/150603/ 2026-11 null')).toEqual(only);
  });

  it('know the months of a quarter, and the areas above one', () => {
    expect(monthsOf('2026-Q4')).toEqual(['2026-10', '2026-11', '2026-12']);
    expect(periodsOf('2026-01-31')).toEqual(['2026-01', '2026-Q1']);
    expect(nodesOf('/1506/150603/')).toEqual(['/1506/', '/1506/150603/']);
  });
});

describe('what is not told', () => {
  it.each([
    ['nothing where all are many or nobody', [5, 0, 9], false, [false, false, false]],
    ['one of few, and the next smallest with it', [3, 40, 6], false, [true, false, true]],
    ['two of few, and nothing else', [3, 4, 60], false, [true, true, false]],
    ['the smallest where few lie beside the parts', [40, 6, 0], true, [false, true, false]],
    ['one of few beside others of few', [3, 40, 6], true, [true, false, false]],
  ])('is %s', (_what, people, hasRest, veils) => {
    expect(decideVeils(people, hasRest)).toEqual(veils);
  });
});
