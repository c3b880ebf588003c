import path from 'node:path';
import { openDatabase } from '@ddp/db-kit/database';
import { createTestSchema } from '@ddp/testing/database';
import { runMigrationsTwice } from '@ddp/testing/migrations';
import { CompiledQuery, type Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PointsDatabase } from '../src/database.ts';
import { capInvariants } from '../src/store/audit-caps.ts';
import { findRule, listRules } from '../src/store/rules.ts';

const folder = path.join(import.meta.dirname, '../migrations');
const ownId = '11111111-1111-4111-8111-111111111111';
const own = ownId.replaceAll('-', '');
const somebody = '22'.repeat(16);

let db: Kysely<PointsDatabase>;
const sql = async (text: string) => {
  const { rows } = await db.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text));
  return rows;
};

const migrate = (from: number, to: number) => runMigrationsTwice(db, folder, { from, to });

/** Awards of seven points in the form that they had at first. */
async function plantAwards(days: string[]): Promise<void> {
  const zeros = '00'.repeat(16);
  for (const [index, day] of days.entries()) {
    const id = index.toString(16).padStart(32, '0');
    await sql(`INSERT INTO points_award (id, programme_id, participation_id, consent_id, rule,
        rule_version, amount, source_id, state, awarded_on, awarded_at)
      VALUES (X'${id}', X'${own}', X'${somebody}', X'${zeros}', 'activity', 1, 7, X'${id}',
        'active', '${day}', '${day}')`);
  }
}

beforeAll(async () => {
  const { url } = await createTestSchema();
  db = openDatabase<PointsDatabase>({ url, poolSize: 2 });
  await migrate(1, 15);
  await sql(`INSERT INTO points_rule
      (programme_id, rule, version, amount, daily_cap, matures_after_hours, from_on)
    VALUES (X'${own}', 'activity', 1, 7, 2, 0, '2026-01-01')`);
  await plantAwards(['2026-10-31', '2026-11-01', '2026-11-01']);
  await migrate(16, 9_999);
});
afterAll(async () => {
  await db?.destroy();
});

describe('an install from before rules had a range', () => {
  it('keeps the rules that it had, each with its amount', async () => {
    expect(await findRule(db, ownId, 'activity', '2026-11-24')).toMatchObject({
      ...{ version: 1, basis: 'activity', leastPoints: 7, mostPoints: 7, dailyCap: 2 },
      ...{ title: { zh: '参加活动' }, isEvidenceWanted: true, toOn: null },
    });
    const rating = await findRule(db, ownId, 'rating', '2026-11-24');
    expect(rating).toMatchObject({
      leastPoints: 1,
      maturesAfterHours: 24,
      isEvidenceWanted: false,
    });
  });

  it('gets the other default rules, once', async () => {
    const rules = await listRules(db, ownId, '2026-11-24');
    expect(rules.map(({ rule }) => rule)).toEqual([
      'activity',
      'good-deed',
      'honour',
      'mediation',
      'meeting',
      'rating',
      'volunteering',
    ]);
    expect(rules.find(({ rule }) => rule === 'honour')?.options).toContainEqual({
      key: 'national',
      zh: '国家级',
      en: 'National',
      points: 300,
    });
  });

  it('has counted in the caps what was awarded before', async () => {
    for (const { sql: text } of capInvariants) expect(await sql(text)).toEqual([]);
    expect(
      await sql(`SELECT period, awards, points FROM points_cap_use
        WHERE rule = 'activity' AND participation_id = X'${somebody}' ORDER BY period`),
    ).toEqual([
      { period: '2026-10', awards: 1, points: 7 },
      { period: '2026-10-31', awards: 1, points: 7 },
      { period: '2026-11', awards: 2, points: 14 },
      { period: '2026-11-01', awards: 2, points: 14 },
    ]);
  });

  it('has recorded what those awards followed from', async () => {
    expect(
      await sql(`SELECT rule, amount, COUNT(*) AS count FROM points_earning
        WHERE award_id = id AND refused_by IS NULL GROUP BY rule, amount`),
    ).toEqual([{ rule: 'activity', amount: 7, count: 3 }]);
  });
});
