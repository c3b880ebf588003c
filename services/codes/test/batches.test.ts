import {
  issueAreaBatch,
  issueSheetBatch,
  listBatches,
  readBatch,
  readBatchTable,
} from '@ddp/contracts/codes/batch-routes';
import type { Batch } from '@ddp/contracts/codes/batches';
import * as routes from '@ddp/contracts/codes/routes';
import type { Subject } from '@ddp/contracts/directory/schemas';
import { newId } from '@ddp/db-kit/ids';
import { readTable } from '@ddp/paper/spreadsheet/read-table';
import { writeWorkbook } from '@ddp/paper/spreadsheet/write-workbook';
import { eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CodesHouse, officer, openCodesHouse, stranger } from './house.ts';

let house: CodesHouse;
let workers: Subject[];
beforeAll(async () => {
  house = await openCodesHouse();
  const names = ['乌兰', '萨仁', '萨仁', '巴特尔'];
  workers = [];
  for (const [index, name] of names.entries()) {
    workers.push(await house.addSubject({ name, unitName: `第${index}社工站` }));
  }
  await house.addSubject({ name: '停用的', isActive: true }).then(async (subject) => {
    await house.tell({ ...subject, isActive: false, version: 2 });
  });
  await house.addSubject({ name: '别处的', areaPath: '/1506/150602/' });
});
afterAll(() => house?.stop());

const columns = [
  { key: 'subjectId', title: { zh: '对象编号', en: 'Subject id' } },
  { key: 'name', title: { zh: '名称', en: 'Name' } },
  { key: 'unit', title: { zh: '单位', en: 'Unit' } },
  { key: 'place', title: { zh: '位置', en: 'Place' } },
] as const;
type Line = Partial<Record<'subjectId' | 'name' | 'unit' | 'place', string>>;

async function toFile(rows: Line[]): Promise<string> {
  const bytes = await writeWorkbook([{ name: '评价码', columns, rows }]);
  return Buffer.from(bytes).toString('base64');
}
const send = async (rows: Line[], as = officer, key = newId()) =>
  house.call(issueSheetBatch, { body: { file: await toFile(rows) } }, as, key);
const finish = (batch: Batch) =>
  eventually(async () => {
    const seen = await house.call(readBatch, { params: { id: batch.id } }, officer);
    return seen.state === 'done' ? seen : null;
  });
const countCodes = async (place: string) => {
  const { items } = await house.call(routes.listCodes, { query: { limit: 100 } }, officer);
  return items.filter((code) => code.place === place && code.state === 'active').length;
};

describe('a batch for an area', () => {
  it('issues a code for every subject in force that has none at the place, and no other', async () => {
    const place = '区大厅';
    await house.issue(workers[0]?.id ?? '', place);
    const body = { areaCode: '150603', place };
    const asked = await house.call(issueAreaBatch, { body }, officer);
    expect(asked).toMatchObject({ kind: 'area', state: 'issuing', areaPath: '/1506/150603/' });
    const done = await finish(asked);
    expect(done.issued).toBe(done.wanted);
    expect(done.wanted).toBe(3);
    expect(await countCodes(place)).toBe(4);
    const again = await house.call(issueAreaBatch, { body }, officer);
    expect(again.wanted).toBe(0);
    await finish(again);
  });

  it('is the same batch for the same key, and one code a place under parallel batches', async () => {
    const body = { areaCode: '150603', place: '并行' };
    const key = newId();
    const asked = await Promise.all([
      house.call(issueAreaBatch, { body }, officer, key),
      house.call(issueAreaBatch, { body }, officer, key),
      house.call(issueAreaBatch, { body }, officer),
    ]);
    expect(asked[0]?.id).toBe(asked[1]?.id);
    for (const batch of asked) await finish(batch);
    expect(await countCodes('并行')).toBe(4);
  });

  it('is refused outside the area, and to who may only read', async () => {
    const body = { areaCode: '150603', place: '' };
    await expect(house.call(issueAreaBatch, { body }, stranger)).rejects.toMatchObject({
      document: { status: 404 },
    });
    await expect(house.call(issueAreaBatch, { body }, personAs('auditor'))).rejects.toMatchObject({
      document: { status: 403 },
    });
    const nowhere = { areaCode: '150699', place: '' };
    await expect(house.call(issueAreaBatch, { body: nowhere }, officer)).rejects.toMatchObject({
      slug: 'unknown-area',
    });
  });
});

describe('a batch from a table', () => {
  it('issues for ids and for names, and gives the codes back as a table', async () => {
    const place = '一楼';
    const asked = await send([
      { subjectId: workers[0]?.id ?? '', place },
      { name: '萨仁', unit: '第2社工站', place },
      { name: '巴特尔', place },
    ]);
    const done = await finish(asked);
    expect(done).toMatchObject({ kind: 'sheet', wanted: 3, issued: 3 });
    const file = await house.call(readBatchTable, { params: { id: asked.id } }, officer);
    const heads = ['名称', '单位', '区域', '位置', '输入码', '网址'];
    const read = heads.map((zh) => ({ key: zh, title: { zh, en: zh } }));
    const { rows } = await readTable(file, read);
    expect(rows?.map(({ cells }) => [cells.名称, cells.单位])).toEqual([
      ['乌兰', '第0社工站'],
      ['萨仁', '第2社工站'],
      ['巴特尔', '第3社工站'],
    ]);
    for (const { cells } of rows ?? []) {
      expect(cells.网址).toMatch(/^http:\/\/localhost:8080\/e\/[0-9a-z]{26}$/);
      const seen = await house.scan(cells.输入码 ?? '');
      expect(seen.subject.name).toBe(cells.名称);
    }
  });

  it('issues nothing where one row is wrong, and names every wrong row and cell', async () => {
    const place = '二楼';
    await house.issue(workers[3]?.id ?? '', place);
    const refused = send([
      { name: '乌兰', place },
      { name: '萨仁', place },
      { name: '无此人', place },
      { name: '别处的', place },
      { name: '停用的', place },
      { subjectId: newId(), place },
      { subjectId: workers[0]?.id ?? '', name: '萨仁', place },
      { place },
      { name: '巴特尔', place },
      { name: '乌兰', place },
      { name: '乌兰', place: '长'.repeat(61) },
    ]);
    const error = (await refused.catch((one: unknown) => one)) as {
      slug: string;
      document: { errors: { pointer: string; message: string }[] };
    };
    expect(error.slug).toBe('rows-refused');
    expect(error.document.errors.map(({ pointer }) => pointer)).toEqual([
      '/rows/3/名称',
      '/rows/4/名称',
      '/rows/5/名称',
      '/rows/6/名称',
      '/rows/7/对象编号',
      '/rows/8/名称',
      '/rows/9/名称',
      '/rows/10/位置',
      '/rows/11/位置',
      '/rows/12/位置',
    ]);
    expect(error.document.errors[0]?.message).toContain('2 个同名');
    expect(error.document.errors[8]?.message).toContain('第 2 行');
    expect(await countCodes(place)).toBe(1);
  });

  it('answers a repeat with the first batch, though its codes are there by now', async () => {
    const key = newId();
    const file = await toFile([{ name: '乌兰', place: '三楼' }]);
    const ask = () => house.call(issueSheetBatch, { body: { file } }, officer, key);
    const first = await ask();
    await finish(first);
    expect(await ask()).toEqual(first);
    expect(await countCodes('三楼')).toBe(1);
  });

  it.each([
    ['no table', Buffer.from('hello').toString('base64')],
    ['an unknown column', Buffer.from('名称,身份证号\n乌兰,1').toString('base64')],
    ['nothing but headings', Buffer.from('名称,位置\n').toString('base64')],
  ])('refuses %s', async (_what, file) => {
    await expect(house.call(issueSheetBatch, { body: { file } }, officer)).rejects.toMatchObject({
      slug: 'rows-refused',
    });
  });

  it('is not seen from another area', async () => {
    const batch = await send([{ name: '乌兰', place: '四楼' }]);
    await finish(batch);
    for (const route of [readBatch, readBatchTable] as const) {
      await expect(house.call(route, { params: { id: batch.id } }, stranger)).rejects.toMatchObject(
        {
          document: { status: 404 },
        },
      );
    }
    expect((await house.call(listBatches, {}, stranger)).items).toEqual([]);
    const mine = await house.call(listBatches, { query: { limit: 1 } }, officer);
    expect(mine.items[0]?.id).toBe(batch.id);
    expect(mine.nextCursor).not.toBeNull();
  });
});
