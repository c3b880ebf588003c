import { postChanged, subjectChanged } from '@ddp/contracts/directory/events';
import { listGrids } from '@ddp/contracts/directory/grid-routes';
import { listPosts } from '@ddp/contracts/directory/post-routes';
import { listSubjects, listUnits } from '@ddp/contracts/directory/routes';
import { exportTable, importTable, readTableTemplate } from '@ddp/contracts/directory/table-routes';
import type { TableName } from '@ddp/contracts/directory/tables';
import { newId } from '@ddp/db-kit/ids';
import { readTable } from '@ddp/paper/spreadsheet/read-table';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { importers } from '../src/operations/import-table.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
  await house.plantAreas();
});
afterAll(async () => {
  expect(await house?.audit()).toEqual([]);
  await house?.stop();
});

const csv = (text: string) => Buffer.from(text, 'utf8').toString('base64');
const bring = (
  table: TableName,
  text: string,
  { dryRun = false, principal = house.officer, key = newId() } = {},
) =>
  house.call(importTable, { params: { table }, body: { file: csv(text), dryRun } }, principal, key);
const units = '名称,类型,区划代码,地址,单位电话\n滨河社工室,社工室,150603001001,滨河路,0477-1\n';
const countUnits = async () => (await house.sql('SELECT 1 FROM directory_unit')).length;

describe('units', () => {
  beforeEach(() => house.sql('DELETE FROM directory_unit'));

  it('are brought in once for one key, and again they change only what differs', async () => {
    const key = newId();
    const counts = { added: 1, changed: 0, unchanged: 0, rows: 1, errors: [] };
    expect(await bring('units', units, { key })).toMatchObject(counts);
    expect(await bring('units', units, { key })).toMatchObject(counts);
    expect(await bring('units', units)).toMatchObject({ added: 0, changed: 0, unchanged: 1 });
    const changed = units.replace('滨河路', '滨河路 2 号');
    expect(await bring('units', changed)).toMatchObject({ added: 0, changed: 1 });
    const { items } = await house.call(listUnits, {}, house.officer);
    expect(items).toMatchObject([{ address: '滨河路 2 号', contactPhone: '0477-1' }]);
    expect(await house.audited('import-table')).toBe(3);
  });

  it('are all left out where one row is wrong, and every fault has its row and column', async () => {
    const text = [
      '名称,类型,区划代码,地址,单位电话',
      '甲,社工室,150603001001,,',
      '乙,社工站,150603001001,,',
      '丙,社工室,150602001001,,',
      '丁,茶馆,150603001001,,',
      '甲,社工室,150603001001,,',
      '己,社工室,150603001002,,请打手机',
    ].join('\n');
    const dry = await bring('units', text, { dryRun: true });
    const errors = [
      [3, '类型'],
      [4, '区划代码'],
      [5, '类型'],
      [6, null],
      [7, '单位电话'],
    ];
    expect(dry.errors.map(({ row, column }) => [row, column])).toEqual(errors);
    expect(dry.errors[3]?.message.zh).toBe('与第 2 行重复');
    await expect(bring('units', text)).rejects.toMatchObject({
      slug: 'table-has-errors',
      document: {
        errors: expect.arrayContaining([
          { pointer: '/3/类型', message: '第 3 行 类型: 单位类型与区划级别不符' },
        ]),
      },
    });
    expect(await countUnits()).toBe(0);
  });

  it('are only counted in a dry run', async () => {
    const audited = await house.audited('import-table');
    const dry = await bring('units', units, { dryRun: true });
    expect(dry).toMatchObject({ dryRun: true, added: 1, errors: [] });
    expect(await countUnits()).toBe(0);
    expect(await house.audited('import-table')).toBe(audited);
  });

  it('are refused from an auditor, from a stranger, and from what is no table', async () => {
    await expect(bring('units', units, { principal: house.reader })).rejects.toMatchObject({
      slug: 'forbidden',
    });
    await expect(bring('units', units, { principal: house.stranger })).rejects.toMatchObject({
      slug: 'table-has-errors',
    });
    await expect(bring('units', '名称\n甲')).rejects.toMatchObject({ slug: 'table-has-errors' });
    expect(await countUnits()).toBe(0);
  });

  it('that are brought in twice at once are there once', async () => {
    await Promise.all([bring('units', units), bring('units', units), bring('units', units)]);
    expect(await countUnits()).toBe(1);
  });
});

describe('subjects', () => {
  it('are brought in with their unit, told of, and changed by their person', async () => {
    await house.sql('DELETE FROM directory_unit');
    await bring('units', units);
    const personId = newId();
    const before = (await house.sent(subjectChanged)).length;
    const text = [
      '类型,名称,职务,区划代码,所在单位,人员编号',
      `社工,萨仁,社工,150603001001,滨河社工室,${personId}`,
      '社会组织,晨光中心,,150603001001,,',
    ].join('\n');
    expect(await bring('subjects', text)).toMatchObject({ added: 2 });
    expect((await house.sent(subjectChanged)).length).toBe(before + 2);
    const renamed = text.replace('萨仁', '萨仁高娃');
    expect(await bring('subjects', renamed)).toMatchObject({ changed: 1, unchanged: 1 });
    const query = { search: '萨仁' };
    const { items } = await house.call(listSubjects, { query }, house.officer);
    expect(items).toMatchObject([{ name: '萨仁高娃', unitName: '滨河社工室', personId }]);
  });

  it('are refused without their person, with a unit that is not there, or with a phone', async () => {
    const text = [
      '类型,名称,职务,区划代码,所在单位,人员编号',
      '社工,甲,,150603001001,,',
      `志愿者,乙,,150603001001,没有的单位,${newId()}`,
      '社会组织,丙,,150603001001,,13800000000',
    ].join('\n');
    const { errors } = await bring('subjects', text, { dryRun: true });
    expect(errors.map(({ row, column }) => [row, column])).toEqual([
      [2, '人员编号'],
      [3, '所在单位'],
      [4, '人员编号'],
    ]);
    const phones = bring('subjects', '类型,名称,区划代码,手机\n社工,甲,150603001001,138');
    await expect(phones).rejects.toMatchObject({ slug: 'table-has-errors' });
  });
});

describe('posts', () => {
  it('are brought in for people whom identity knows, and never ended by a list', async () => {
    const personId = newId();
    const head = '人员编号,角色,区划代码,所在单位,开始日期,截止日期';
    const row = `${personId},网格员,150603001001,,2026-01-01,`;
    expect(await bring('posts', `${head}\n${row}`)).toMatchObject({ added: 1 });
    expect(await bring('posts', `${head}\n${row}`)).toMatchObject({ unchanged: 1 });
    const query = { personId };
    const { items } = await house.call(listPosts, { query }, house.officer);
    expect(items).toHaveLength(1);
    expect(await house.sent(postChanged)).toEqual([{ postId: items[0]?.id }]);
    const wrong = [
      `${personId},网格员,150603001001,,2026-01-01,2026-12-31`,
      `${newId()},旗区工作人员,150603001001,,2026-01-01,`,
      `${newId()},网格员,150603001001,,2026-02-30,`,
      `${newId()},网格员,150603001001,,2026-02-01,2026-01-01`,
    ].join('\n');
    const { errors } = await bring('posts', `${head}\n${wrong}`, { dryRun: true });
    expect(errors.map((one) => [one.row, one.column])).toEqual([
      [2, '截止日期'],
      [3, '角色'],
      [4, '开始日期'],
      [5, '截止日期'],
    ]);
    const unknown = `${house.unknownPerson()},网格员,150603001001,,2026-01-01,`;
    const told = await bring('posts', `${head}\n${unknown}`, { dryRun: true });
    expect(told.errors).toMatchObject([{ row: 2, message: { zh: '没有这个人员' } }]);
  });
});

describe('grids', () => {
  it('are brought in under their community, and renamed by their code', async () => {
    const head = '社区代码,网格编号,名称,户数';
    const row = '150603001002,001,第一网格,420';
    expect(await bring('grids', `${head}\n${row}`)).toMatchObject({ added: 1 });
    const changed = row.replace('第一', '金色').replace('420', '380');
    expect(await bring('grids', `${head}\n${changed}`)).toMatchObject({ changed: 1 });
    const query = { areaCode: '150603001002' };
    const { items } = await house.call(listGrids, { query }, house.officer);
    expect(items).toMatchObject([{ name: '金色网格', households: 380, advice: 'fits' }]);
    const wrong = '150603001,001,甲,420\n150603001002,1,乙,420\n150603001002,009,丙,很多';
    const { errors } = await bring('grids', `${head}\n${wrong}`, { dryRun: true });
    expect(errors.map((one) => [one.row, one.column])).toEqual([
      [2, '社区代码'],
      [3, '网格编号'],
      [4, '户数'],
    ]);
  });
});

describe('an export', () => {
  it.each(['units', 'subjects', 'posts', 'grids'] as const)(
    'of %s has what is in reach, and can be brought in again without a change',
    async (table) => {
      const take = (principal = house.officer, key = newId()) =>
        house.call(exportTable, { params: { table }, body: {} }, principal, key);
      const audited = await house.audited('export-table');
      const key = newId();
      await take(house.officer, key);
      const bytes = await take(house.officer, key);
      expect(await house.audited('export-table')).toBe(audited + 1);
      const { rows } = await readTable(bytes, importers[table].columns);
      expect(rows?.length).toBeGreaterThan(0);
      const file = Buffer.from(bytes).toString('base64');
      const again = { params: { table }, body: { file, dryRun: true } };
      const dry = await house.call(importTable, again, house.officer);
      expect(dry).toMatchObject({ added: 0, changed: 0, unchanged: rows?.length, errors: [] });
      const elsewhere = await readTable(await take(house.stranger), importers[table].columns);
      expect(elsewhere.rows).toBeNull();
    },
  );

  it('follows its filters, and refuses those of another list', async () => {
    const body = { kind: 'organization' as const };
    const bytes = await house.call(
      exportTable,
      { params: { table: 'subjects' }, body },
      house.officer,
    );
    const { rows } = await readTable(bytes, importers.subjects.columns);
    expect(rows?.map(({ cells }) => cells.name)).toEqual(['晨光中心']);
    await expect(
      house.call(exportTable, { params: { table: 'grids' }, body }, house.officer),
    ).rejects.toMatchObject({ document: { status: 400, errors: [{ pointer: '/kind' }] } });
  });
});

it('gives a template for each table', async () => {
  for (const table of ['units', 'subjects', 'posts', 'grids'] as const) {
    const bytes = await house.call(readTableTemplate, { params: { table } }, house.reader);
    const reading = await readTable(bytes, importers[table].columns);
    expect(reading.errors?.map(({ message }) => message.zh)).toEqual(['没有数据行']);
  }
});
