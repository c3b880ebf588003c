import path from 'node:path';
import { openDatabase } from '@ddp/db-kit/database';
import { everywhere } from '@ddp/db-kit/scope';
import { createTestSchema } from '@ddp/testing/database';
import { runMigrationsTwice } from '@ddp/testing/migrations';
import { CompiledQuery, type Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RewardsDatabase } from '../src/database.ts';
import type { RewardsDeps } from '../src/deps.ts';
import { mendOldRows } from '../src/operations/mend-old-rows.ts';
import { rewardsInvariants } from '../src/store/audit.ts';
import { findBenefit } from '../src/store/benefits.ts';
import { moveGoods } from '../src/store/goods.ts';
import { findMerchant } from '../src/store/merchants.ts';
import { findView } from '../src/store/redemption-views.ts';
import { listRedemptions, lockRedemption } from '../src/store/redemptions.ts';

const folder = path.join(import.meta.dirname, '../migrations');
const idOf = (digit: string) =>
  `${digit.repeat(8)}-${digit.repeat(4)}-4${digit.repeat(3)}-8${digit.repeat(3)}-${digit.repeat(12)}`;
const hex = (digit: string) => `X'${idOf(digit).replaceAll('-', '')}'`;
const [programme, merchant, benefit, draft, redemption, person] = ['1', '2', '3', '4', '5', '6'];

let db: Kysely<RewardsDatabase>;
const sql = async (text: string) => {
  const { rows } = await db.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text));
  return rows;
};

/** A benefit on offer of which one piece was sold, and a draft, in the form that they had at first. */
async function plantOffer(): Promise<void> {
  const area = `'/1506/150603/'`;
  const at = `'2026-11-01'`;
  await sql(`INSERT INTO rewards_merchant (id, programme_id, name, address, area_path, created_at)
    VALUES (${hex(merchant)}, ${hex(programme)}, '草原奶茶馆', '', ${area}, ${at})`);
  for (const [id, state, sold] of [
    [benefit, 'published', 1],
    [draft, 'draft', 0],
  ] as const) {
    await sql(`INSERT INTO rewards_benefit (id, programme_id, merchant_id, title, description, kind,
        price_points, minimum_standing, initial_stock, available, reserved, sold,
        per_person_per_month, valid_days, payer, area_path, state, created_at)
      VALUES (${hex(id)}, ${hex(programme)}, ${hex(merchant)}, '奶茶一杯', '', 'goods', 8, 0, 5,
        ${5 - sold}, 0, ${sold}, 1, 30, 'donated', ${area}, '${state}', ${at})`);
  }
  await sql(`INSERT INTO rewards_redemption (id, programme_id, benefit_id, person_id, price_points,
      minimum_standing, valid_days, quota_month, area_path, state, requested_at, expires_at, drives)
    VALUES (${hex(redemption)}, ${hex(programme)}, ${hex(benefit)}, ${hex(person)}, 8, 0, 30,
      '2026-11', ${area}, 'verified', ${at}, ${at}, 0)`);
  await sql(`INSERT INTO rewards_quota VALUES
    (${hex(programme)}, ${hex(person)}, ${hex(benefit)}, '2026-11', 1)`);
}

beforeAll(async () => {
  const { url } = await createTestSchema();
  db = openDatabase<RewardsDatabase>({ url, poolSize: 2 });
  await runMigrationsTwice(db, folder, { from: 1, to: 11 });
  await plantOffer();
  await runMigrationsTwice(db, folder, { from: 12, to: 9_999 });
});
afterAll(async () => {
  await db?.destroy();
});

describe('an install from before benefits had several merchants', () => {
  it('keeps each benefit with all of its stock at the merchant that it had', async () => {
    expect(await findBenefit(db, idOf(benefit))).toMatchObject({
      ...{ state: 'published', available: 4, textVersion: 1, budgetId: null, unitValueCents: 0 },
      shares: [{ merchantId: idOf(merchant), merchantName: '草原奶茶馆', available: 4 }],
    });
    expect((await findMerchant(db, idOf(merchant), everywhere))?.state).toBe('active');
  });

  it('keeps what was sold at its merchant, in its month, under the words it had', async () => {
    const [filled] = await listRedemptions(db, [idOf(redemption)]);
    expect(filled).toMatchObject({
      ...{ merchantId: idOf(merchant), quotaPeriods: ['2026-11'], textVersion: 1 },
    });
    const view = await findView(db, idOf(redemption), idOf(person));
    expect(view?.benefitTitle).toBe('奶茶一杯');
    const texts = await sql('SELECT COUNT(*) AS count FROM rewards_benefit_text');
    expect(Number(texts[0]?.count)).toBe(1);
  });

  it('holds to what is true of stock, budgets, quotas and approvals', async () => {
    const wanted = rewardsInvariants.filter(({ name }) => /I7|budget|approved|quota/.test(name));
    expect(wanted.length).toBeGreaterThan(6);
    for (const { name, sql: text } of wanted) expect(await sql(text), name).toEqual([]);
  });
});

describe('what a process of that form still writes after the migrations', () => {
  const [sole, orphan, kept, issued, asked] = ['7', '8', '9', 'a', 'b'];
  const quiet = { warn: () => {}, error: () => {} } as unknown as RewardsDeps['log'];
  const deps = () => ({ log: quiet, store: storeOf(db) });
  const clock = { offsetMs: () => 0 };
  const storeOf = (within: typeof db) => ({
    ...{ db: within, prefix: 'rewards', clock, onCommit: () => {} },
  });

  /** Benefits on offer, one of them new; redemptions that took pieces of the benefits alone. */
  async function plantMeanwhile(): Promise<void> {
    for (const [id, state, merchantOf] of [
      [orphan, 'published', merchant],
      [sole, 'published', merchant],
    ] as const) {
      await sql(`INSERT INTO rewards_benefit (id, programme_id, merchant_id, title, description, kind,
          price_points, minimum_standing, initial_stock, available, reserved, sold,
          per_person_per_month, valid_days, payer, area_path, state, created_at, funding_version)
        VALUES (${hex(id)}, ${hex(programme)}, ${hex(merchantOf)}, '理发一次', '', 'service', 8, 0, 5,
          4, 1, 0, 9, 30, 'donated', '/1506/150603/', '${state}', '2026-11-01', 1)`);
    }
    await sql(`INSERT INTO rewards_share VALUES (${hex(sole)}, ${hex(merchant)}, 5, 5, 0, 0)`);
    await sql(`INSERT INTO rewards_benefit_text (benefit_id, version, title, description, state,
      proposed_at) VALUES (${hex(sole)}, 1, '理发一次', '', 'approved', '2026-11-01')`);
    for (const [id, of, state, at] of [
      [kept, sole, 'reserved', hex(merchant)],
      [issued, orphan, 'reserved', 'NULL'],
      [asked, orphan, 'requested', 'NULL'],
    ] as const) {
      await sql(`INSERT INTO rewards_redemption (id, programme_id, benefit_id, person_id,
          price_points, minimum_standing, valid_days, quota_month, area_path, state, requested_at,
          expires_at, drives, merchant_id)
        VALUES (${hex(id)}, ${hex(programme)}, ${hex(of)}, ${hex(person)}, 8, 0, 30, '2026-11',
          '/1506/150603/', '${state}', '2026-11-01', '2026-11-02', 0, ${at})`);
    }
    await sql(`INSERT INTO rewards_quota VALUES
      (${hex(programme)}, ${hex(person)}, ${hex(sole)}, '2026-11', 1),
      (${hex(programme)}, ${hex(person)}, ${hex(orphan)}, '2026-11', 2)`);
  }

  const release = (id: string) =>
    db.transaction().execute(async (tx) => {
      const redemption = await lockRedemption(tx, idOf(id));
      return redemption && moveGoods(tx, redemption, 'reserved', 'available');
    });
  const broken = async () => {
    const found: string[] = [];
    for (const { name, sql: text } of rewardsInvariants) {
      if (/I7|approved|quota/.test(name) && (await sql(text)).length > 0) found.push(name);
    }
    return found;
  };

  it('is completed, so that stock adds up and what was redeemed can end', async () => {
    await plantMeanwhile();
    expect((await broken()).length).toBeGreaterThan(2);
    expect([await release(kept), await release(issued)]).toEqual([false, false]);
    await Promise.all([mendOldRows(deps()), mendOldRows(deps())]);
    expect(await broken()).toEqual([]);
    expect(await listRedemptions(db, [idOf(issued), idOf(asked)])).toMatchObject([
      { merchantId: idOf(merchant) },
      { merchantId: null },
    ]);
    expect((await findView(db, idOf(asked), idOf(person)))?.benefitTitle).toBe('理发一次');
    expect([await release(kept), await release(issued)]).toEqual([true, true]);
  });

  it('is left alone, and named by the audit, where it contradicts itself', async () => {
    await sql(`UPDATE rewards_benefit SET sold = sold + 1, available = available - 1
      WHERE id = ${hex(sole)}`);
    await mendOldRows(deps());
    expect(await broken()).toContain('I7 stock agrees with the redemptions');
    expect((await findBenefit(db, idOf(sole)))?.shares).toMatchObject([{ available: 5 }]);
  });
});
