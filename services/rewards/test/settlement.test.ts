import * as routes from '@ddp/contracts/rewards/settlement-routes';
import { createLog } from '@ddp/service-kit/log';
import { personAs } from '@ddp/testing/principals';
import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSettlements } from '../src/operations/run-settlements.ts';
import { programmeId } from './actors.ts';
import { type House, openHouse } from './house.ts';
import { sellMany } from './sell.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ isManual: true });
});
afterAll(() => house?.stop());

type Shop = Awaited<ReturnType<House['openShop']>>;
const cityOfficer = personAs('city-officer', { areaPaths: ['/1506/'], programmeId });
/** Those that are made to fail say so, at length. */
const log = createLog('silent') as never;
const settle = () => runSettlements({ ...house.deps, log });
const go = (instant: string) => house.clock.setTo(new Date(instant));
const list = (query = {}, by = cityOfficer) =>
  house.call(routes.listStatements, { query: { limit: 100, ...query } }, by);
const statementOf = async ({ merchant }: Shop, month: string) => {
  const { items } = await list({ merchantId: merchant.id, month });
  return items[0];
};
const requireStatement = async (shop: Shop, month: string) => {
  const found = await statementOf(shop, month);
  if (!found) throw new Error('no statement');
  return found;
};
const linesOf = async (id: string, by = cityOfficer) => {
  const items = [];
  for (let cursor: string | undefined; ; ) {
    const query = { limit: 100, ...(cursor ? { cursor } : {}) };
    const page = await house.call(routes.listStatementLines, { params: { id }, query }, by);
    items.push(...page.items);
    if (page.nextCursor === null) return items;
    cursor = page.nextCursor;
  }
};

/** Twelve merchants with 200 vouchers each in September and October, beside the edges of the months. */
const shops: Shop[] = [];
const kinds = ['donated', 'subsidised', 'fund'] as const;
beforeAll(async () => {
  for (let index = 0; index < 12; index += 1) {
    const shop = await house.openShop();
    shops.push(shop);
    const { id: merchantId } = shop.merchant;
    const payer = kinds[index % 3] ?? 'fund';
    const [points, cents] = [5 + index, 500 + index];
    const sale = { merchantId, payer, points, cents };
    await sellMany(house.db, { ...sale, count: 150, from: '2026-10-05T02:00:00Z' });
    await sellMany(house.db, { ...sale, count: 49, from: '2026-10-20T02:00:00Z' });
    // The first and the last second of October in Asia/Shanghai, and a second before and after.
    await sellMany(house.db, { ...sale, count: 2, from: '2026-09-30T15:59:59Z' });
    await sellMany(house.db, { ...sale, count: 2, from: '2026-10-31T15:59:59Z' });
  }
});

describe('a month of twelve merchants', () => {
  it('is not settled before it has closed, by nobody', async () => {
    go('2026-10-31T16:29:59Z');
    const start = (month: string, by = cityOfficer) =>
      house.call(routes.startSettlement, { body: { month } }, by);
    await expect(start('2026-10')).rejects.toMatchObject({ slug: 'month-open' });
    await settle();
    expect((await list()).items.map(({ month }) => month)).toEqual(Array(12).fill('2026-09'));
    go('2026-10-31T16:30:00Z');
    await expect(start('2026-08')).rejects.toMatchObject({ slug: 'month-not-next' });
    await expect(start('2026-10', house.officer)).rejects.toMatchObject({ slug: 'not-found' });
    expect((await start('2026-10')).state).toBe('collecting');
  });

  it('makes the same statements once, wherever and however often the job is killed', async () => {
    const { ledger } = house.points;
    const before = ledger.transfers.size;
    let kills = 0;
    for (let left = 0; ; left += 1) {
      // The clock lets the run be taken again as after a killed process.
      house.clock.advanceMs(61_000);
      ledger.trouble.callsLeft = left;
      const run = (await house.call(routes.listSettlementRuns, {}, cityOfficer)).items[0];
      if (run?.state === 'done') break;
      await settle();
      kills += 1;
      if (kills % 6 === 0) expect(await house.findBroken()).toEqual([]);
    }
    ledger.trouble.callsLeft = Number.POSITIVE_INFINITY;
    expect(kills).toBeGreaterThan(5);
    expect(ledger.transfers.size - before).toBe(12);
    await Promise.all([settle(), settle()]);
    const { items } = await list({ month: '2026-10' });
    expect(items).toHaveLength(12);
    expect(items.map(({ number }) => number).sort()).toEqual(
      Array.from({ length: 12 }, (_one, at) => `1506-202610-${String(at + 1).padStart(4, '0')}`),
    );
    // One person owns all twelve; two months are drawn by now.
    const owner = house.operators.find((one) => one.merchantId === shops[0]?.merchant.id);
    const told = await house.listNotices(owner?.personId ?? '');
    expect(told).toEqual(Array(12 * 2).fill('statement-drawn'));
  });

  it('has each voucher of the month and none of another', async () => {
    for (const [index, shop] of shops.entries()) {
      const { id, vouchers, payers, chainHead } = await requireStatement(shop, '2026-10');
      expect(vouchers).toBe(201);
      const sum = { points: 201 * (5 + index), cents: 201 * (500 + index) };
      const kind = kinds[index % 3];
      for (const { payer, points, cents } of payers) {
        expect({ points, cents }).toEqual(payer === kind ? sum : { points: 0, cents: 0 });
      }
      expect(chainHead.hash).toMatch(/^[0-9a-f]{64}$/);
      if (index > 0) continue;
      const lines = await linesOf(id);
      const times = lines.map(({ verifiedAt }) => verifiedAt).sort();
      expect([times.length, new Set(times).size]).toEqual([201, 201]);
      expect([times[0], times.at(-1)]).toEqual([
        '2026-09-30T16:00:00.000Z',
        '2026-10-31T15:59:59.000Z',
      ]);
    }
    expect(await house.findBroken()).toEqual([]);
  });

  it('equals the ledger to the cent, for each merchant and each payer', async () => {
    const { balanceOf } = house.points.ledger;
    const { items } = await list();
    const sumOf = (payer: string, of = items) =>
      of.reduce((sum, { payers }) => sum + (payers.find((p) => p.payer === payer)?.cents ?? 0), 0);
    for (const payer of kinds) {
      expect(balanceOf(`${payer}:${programmeId}`)).toBe(-sumOf(payer));
      expect(sumOf(payer)).toBeGreaterThan(0);
    }
    for (const { merchant } of shops) {
      const own = items.filter(({ merchantId }) => merchantId === merchant.id);
      expect(own).toHaveLength(2);
      const due = own.reduce((sum, { dueCents }) => sum + dueCents, 0);
      expect(balanceOf(`payable:${merchant.id}`)).toBe(due);
      expect(balanceOf(`given:${merchant.id}`)).toBe(sumOf('donated', own));
      expect(due).toBe(sumOf('subsidised', own) + sumOf('fund', own));
    }
  });
});

it('a job that dies at any statement of the database makes each statement once', async () => {
  // November has one voucher of each merchant so far; the thirteenth has more than a block.
  const shop = await house.openShop();
  const { id: merchantId } = shop.merchant;
  await sellMany(house.db, { merchantId, count: 1_001, from: '2026-11-05T02:00:00Z' });
  go('2026-11-30T16:31:00Z');
  let deaths = 0;
  for (let count = 1; ; count += 2) {
    let left = count;
    const plugin = {
      transformQuery({ node }: { node: never }): never {
        left -= 1;
        if (left <= 0) throw new Error('the process died here');
        return node;
      },
      transformResult: async ({ result }: { result: never }) => result,
    };
    const { store } = house.deps;
    const deps = {
      ...house.deps,
      log,
      store: { ...store, db: store.db.withPlugin(plugin as never) },
    };
    await runSettlements(deps).catch(() => undefined);
    if (left > 0) break;
    deaths += 1;
    if (deaths % 6 === 0) expect(await house.findBroken()).toEqual([]);
    house.clock.advanceMs(61_000);
  }
  expect(deaths).toBeGreaterThan(15);
  expect(await requireStatement(shop, '2026-11')).toMatchObject({
    ...{ vouchers: 1_001, dueCents: 1_001 * 800, state: 'drawn' },
  });
  expect((await list({ month: '2026-11' })).items).toHaveLength(13);
  expect(house.points.ledger.balanceOf(`payable:${merchantId}`)).toBe(1_001 * 800);
});

it('waits for points that are not posted, and draws the others meanwhile', async () => {
  const [late, early] = [await house.openShop(), await house.openShop()];
  for (const { merchant } of [late, early]) {
    await sellMany(house.db, { merchantId: merchant.id, count: 3, from: '2026-12-05T02:00:00Z' });
  }
  const ofLate = `SELECT redemption_id FROM rewards_voucher WHERE merchant_id =
    X'${late.merchant.id.replaceAll('-', '')}'`;
  const run = (text: string) => house.db.executeQuery(CompiledQuery.raw(text));
  await run(`UPDATE rewards_effect SET step = 'to-come' WHERE step = 'posted'
    AND redemption_id IN (${ofLate})`);
  go('2026-12-31T16:31:00Z');
  await settle();
  const progress = async () =>
    (await house.call(routes.listSettlementRuns, {}, cityOfficer)).items[0];
  expect(await progress()).toMatchObject({ month: '2026-12', state: 'drawing', doneAt: null });
  expect(await statementOf(late, '2026-12')).toBeUndefined();
  expect((await requireStatement(early, '2026-12')).vouchers).toBe(3);
  await run(`UPDATE rewards_effect SET step = 'posted' WHERE step = 'to-come'`);
  house.clock.advanceMs(61_000);
  await settle();
  expect(await progress()).toMatchObject({ state: 'done', statements: 2, drawn: 2 });
  expect((await requireStatement(late, '2026-12')).vouchers).toBe(3);
  expect(await house.findBroken()).toEqual([]);
});

it('waits for a verification that is under way when the month closes, and has it', async () => {
  const shop = await house.openShop();
  const { id: merchantId } = shop.merchant;
  const early = { merchantId, count: 1, from: '2027-01-05T02:00:00Z' };
  await sellMany(house.db, early);
  go('2027-01-31T16:31:00Z');
  let settling = Promise.resolve();
  let isSettled = false;
  await house.db.transaction().execute(async (tx) => {
    await sellMany(tx, { ...early, from: '2027-01-31T15:59:59Z' });
    settling = settle().then(() => {
      isSettled = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(isSettled).toBe(false);
  });
  await settling;
  expect((await requireStatement(shop, '2027-01')).vouchers).toBe(2);
  expect(await house.findBroken()).toEqual([]);
});
