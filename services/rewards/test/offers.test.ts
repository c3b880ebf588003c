import { createBudget, listBudgets } from '@ddp/contracts/rewards/budget-routes';
import { createShop } from '@ddp/contracts/rewards/merchant-routes';
import * as routes from '@ddp/contracts/rewards/routes';
import {
  exportBenefits,
  importBenefits,
  readBenefitTemplate,
} from '@ddp/contracts/rewards/table-routes';
import { idToBinary, newId } from '@ddp/db-kit/ids';
import type { TableRow } from '@ddp/paper/spreadsheet/column';
import { readTable } from '@ddp/paper/spreadsheet/read-table';
import { writeWorkbook } from '@ddp/paper/spreadsheet/write-workbook';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { benefitColumns, exportColumns } from '../src/catalogue/benefit-columns.ts';
import { programmeId } from './actors.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ isManual: true });
});
afterAll(() => house?.stop());

const stranger = personAs('banner-officer', { areaPaths: ['/1506/150602/'] });
const atHome = () =>
  personAs('resident', {
    programmeId,
    areaPaths: ['/1506/150603/150603001/150603001001/'],
  });

describe('a resident’s offer', () => {
  it('is found by words, kind, what one can get now and what opens at the next level', async () => {
    const mark = '羊毛毡';
    const make = (title: string, pricePoints: number, minimumStanding: number) =>
      house.offer({ title, description: `${mark}手工`, pricePoints, minimumStanding });
    await make('课程甲', 10, 0);
    await make('课程乙', 90, 0);
    await make('课程丙', 10, 300);
    await make('课程丁', 10, 600);
    const find = async (query: object) => {
      const search = { search: mark, ...query };
      const { items } = await house.call(routes.listBenefits, { query: search }, atHome());
      return items.map(({ title }) => title);
    };
    expect(await find({})).toEqual(['课程丁', '课程丙', '课程乙', '课程甲']);
    expect(await find({ withPoints: 50, withStanding: 100 })).toEqual(['课程甲']);
    expect(await find({ withPoints: 90, withStanding: 299 })).toEqual(['课程乙', '课程甲']);
    expect(await find({ aboveStanding: 100, untilStanding: 300 })).toEqual(['课程丙']);
    expect(await find({ kind: 'space' })).toEqual([]);
  });

  it('is nearest first by area and by shops, and goes on page by page', async () => {
    const search = '近邻';
    const inBanner = await house.offer({ title: '近邻甲' });
    await house.offer({ title: '近邻乙' });
    const withShop = await house.offer({ title: '近邻丙' });
    const shop = { name: '滨河店', areaCode: '150603001', address: '2 号街 8 号' };
    await house.call(createShop, { body: shop }, inBanner.owner);
    const closest = { ...shop, areaCode: '150603001001' };
    await house.call(createShop, { body: closest }, withShop.owner);
    const list = async (query: object) => {
      const full = { search, sort: 'near' as const, ...query };
      const page = await house.call(routes.listBenefits, { query: full }, atHome());
      return { titles: page.items.map(({ title }) => title), cursor: page.nextCursor };
    };
    expect((await list({})).titles).toEqual(['近邻丙', '近邻甲', '近邻乙']);
    expect((await list({ sort: 'newest' })).titles).toEqual(['近邻丙', '近邻乙', '近邻甲']);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await list({ limit: 1, ...(cursor ? { cursor } : {}) });
      seen.push(...page.titles);
      cursor = page.cursor;
    }
    expect(seen).toEqual(['近邻丙', '近邻甲', '近邻乙']);
    await expect(list({ cursor: Buffer.from('x').toString('base64url') })).rejects.toMatchObject({
      slug: 'invalid-request',
    });
  });
});

describe('a table of benefits', () => {
  const fileOf = async (rows: TableRow[]) => {
    const bytes = await writeWorkbook([{ name: '权益', columns: benefitColumns, rows }]);
    return Buffer.from(bytes).toString('base64');
  };
  const row = (fields: TableRow = {}): TableRow => ({
    ...{ title: '洗车一次', kind: '服务', pricePoints: '30', payer: '补贴' },
    ...{ unitValueYuan: '25.50', opensOn: '2026-12-01', closesOn: '2026-12-31' },
    ...fields,
  });
  const bring = (
    file: string,
    fields: { dryRun?: boolean } = {},
    by = house.officer,
    key = newId(),
  ) => house.call(importBenefits, { body: { file, ...fields } }, by, key);
  const countDrafts = async () => {
    const query = { state: 'draft' as const, limit: 100 };
    return (await house.call(routes.listBenefits, { query }, house.officer)).items.length;
  };
  const openNamed = async (name: string) => {
    const owner = { ownerName: '图雅', ownerPhone: '13900000009' };
    const body = { name, areaCode: '150603', ...owner };
    return house.call(routes.createMerchant, { body }, house.officer);
  };

  it('drafts every row once, which an export gives back and an import takes again', async () => {
    await openNamed('车之家');
    await openNamed('城南洗车');
    const budget = { sponsor: '洗车协会', areaCode: '150603', pointsLimit: 500, centsLimit: null };
    await house.call(createBudget, { body: budget }, house.officer);
    const merchants = '车之家:5；城南洗车:7';
    const file = await fileOf([
      row({ merchants, budget: '洗车协会' }),
      row({ title: '打蜡一次', merchants: '车之家：2', perPersonPerWeek: '1' }),
    ]);
    const before = await countDrafts();
    expect(await bring(file, { dryRun: true })).toMatchObject({ drafted: 2, errors: [] });
    expect(await countDrafts()).toBe(before);
    const key = newId();
    const [a, b] = await Promise.all([
      bring(file, {}, house.officer, key),
      bring(file, {}, house.officer, key),
    ]);
    expect(a).toEqual(b);
    expect(a).toMatchObject({ drafted: 2 });
    expect(await countDrafts()).toBe(before + 2);
    const query = { search: '洗车一次' };
    const { items } = await house.call(routes.listBenefits, { query }, house.officer);
    expect(items[0]).toMatchObject({
      ...{ available: 12, unitValueCents: 2_550, payer: 'subsidised', state: 'draft' },
      ...{ opensAt: '2026-11-30T16:00:00.000Z', closesAt: '2026-12-31T16:00:00.000Z' },
    });
    const [known] = (await house.call(listBudgets, {}, house.officer)).items;
    expect(items[0]?.budgetId).toBe(known?.id);
    const body = { state: 'draft' as const };
    const bytes = await house.call(exportBenefits, { body }, house.officer);
    const { rows } = await readTable(bytes, exportColumns);
    const exported = rows?.find(({ cells }) => cells.title === '洗车一次')?.cells;
    expect(exported).toMatchObject({ ...row({ budget: '洗车协会' }), state: '草稿' });
    const { state: _state, available: _available, ...again } = exported ?? {};
    expect(await bring(await fileOf([again]), { dryRun: true })).toMatchObject({ drafted: 1 });
  });

  it('with a wrong row drafts nothing, and tells each error by row and column', async () => {
    await openNamed('好邻居');
    const merchants = '好邻居:5';
    const file = await fileOf([
      row({ merchants }),
      row({ merchants: '没有这家:5' }),
      row({ merchants, kind: '学校' }),
      row({ merchants, title: '优先入学' }),
      row({ merchants, pricePoints: '0' }),
      row({ merchants, unitValueYuan: '1.234', closesOn: '年底' }),
      row({ merchants, closesOn: '2026-11-01' }),
      row({ merchants, budget: '没有这家' }),
    ]);
    const before = await countDrafts();
    const { errors } = await bring(file, { dryRun: true });
    expect(errors.map((one) => [one.row, one.column])).toEqual([
      [3, '商户与库存'],
      [4, '类型'],
      [5, '名称'],
      [6, '积分'],
      [7, '面值（元）'],
      [7, '结束日期'],
      [8, null],
      [9, '资助方'],
    ]);
    await expect(bring(file)).rejects.toMatchObject({
      slug: 'table-has-errors',
      document: {
        errors: expect.arrayContaining([{ pointer: '/4/类型', message: expect.any(String) }]),
      },
    });
    expect(await countDrafts()).toBe(before);
    await expect(bring('AAAA')).rejects.toMatchObject({ slug: 'table-has-errors' });
  });

  it('finds the budget of the merchant’s programme among those of the same sponsor', async () => {
    await openNamed('同名小店');
    const nested = idToBinary(newId());
    const programme = { id: nested, area_path: '/1506/150602/' };
    await house.db.insertInto('rewards_programme').values(programme).execute();
    const city = personAs('city-officer', { areaPaths: ['/1506/'] });
    const budgetIn = async (areaCode: string) => {
      const body = { sponsor: '同名基金', areaCode, pointsLimit: 500, centsLimit: null };
      return (await house.call(createBudget, { body }, city)).id;
    };
    const foreign = await budgetIn('150602');
    const file = await fileOf([row({ merchants: '同名小店:5', budget: '同名基金' })]);
    const { errors } = await bring(file, { dryRun: true }, city);
    expect(errors.map((one) => one.column)).toEqual(['资助方']);
    const own = await budgetIn('150603');
    expect(await bring(file, {}, city)).toMatchObject({ drafted: 1 });
    const query = { search: '洗车一次', limit: 100 };
    const { items } = await house.call(routes.listBenefits, { query }, house.officer);
    const budgetIds = items.map(({ budgetId }) => budgetId);
    expect([budgetIds.includes(own), budgetIds.includes(foreign)]).toEqual([true, false]);
    await house.db.deleteFrom('rewards_programme').where('id', '=', nested).execute();
  });

  it('knows merchants of the own area alone, and is for officers', async () => {
    await openNamed('远方小店');
    const file = await fileOf([row({ merchants: '远方小店:1' })]);
    await expect(bring(file, {}, stranger)).rejects.toMatchObject({ slug: 'table-has-errors' });
    const auditor = personAs('auditor', { areaPaths: ['/1506/'] });
    await expect(bring(file, {}, auditor)).rejects.toMatchObject({ slug: 'forbidden' });
    const template = await house.call(readBenefitTemplate, {}, auditor);
    const reading = await readTable(template, benefitColumns);
    expect(reading.rows ?? []).toEqual([]);
    const taken = await house.call(exportBenefits, { body: {} }, stranger);
    expect((await readTable(taken, exportColumns)).rows ?? []).toEqual([]);
  });
});
