import { describe, expect, it } from 'vitest';
import { writeCsv } from './write-csv.ts';
import { writeTemplate } from './write-template.ts';
import { writeWorkbook } from './write-workbook.ts';
import { unpackXml } from './zip-bounds.ts';

const columns = [
  { key: 'name', title: { zh: '名称', en: 'Name' }, required: true, example: '滨河社工站' },
  { key: 'count', title: { zh: '户数', en: 'Households' }, note: { zh: '整数', en: 'whole' } },
] as const;
const formulas = ['=1+1', '+86 13800000000', '-2', '@SUM(A1)', '＝1', "'=1"];

/** Everything that a workbook says, as XML. */
const xmlOf = (bytes: Uint8Array) =>
  unpackXml(Buffer.from(bytes))
    .map((file) => file.toString('utf8'))
    .join('\n');

describe('a workbook', () => {
  it('says texts as texts and numbers as numbers, under headings that stay in sight', async () => {
    const rows = [{ name: '0150603', count: 42 }];
    const xml = xmlOf(await writeWorkbook([{ name: '单位:名册', columns, rows }]));
    expect(xml).toContain('名称*');
    expect(xml).toContain('>0150603<');
    expect(xml).toMatch(/<v>42<\/v>/);
    expect(xml).not.toMatch(/<v>0150603<\/v>/);
    expect(xml).toContain('name="单位 名册"');
    expect(xml).toContain('state="frozen"');
  });

  it('has no control characters, which would make the file broken to Excel', async () => {
    const rows = [{ name: 'a\u0000\u0008b', count: 1 }];
    const xml = xmlOf(await writeWorkbook([{ name: 'a', columns, rows }]));
    expect(xml).toContain('>ab<');
  });

  it('refuses more rows than a desk can open', async () => {
    const rows = Array.from({ length: 50_001 }, () => ({ name: 'a' }));
    await expect(async () => writeWorkbook([{ name: 'a', columns, rows }])).rejects.toThrow(
      RangeError,
    );
  });
});

describe('what a spreadsheet would take for a formula', () => {
  it.each(formulas)('stands behind an apostrophe in every form: %s', async (name) => {
    const rows = [{ name, count: -5 }];
    const xml = xmlOf(await writeWorkbook([{ name: 'a', columns, rows }]));
    const csv = new TextDecoder().decode(writeCsv(columns, rows));
    expect(xml).toContain(`>'${name}<`);
    expect(csv).toContain(`'${name},-5`);
  });
});

describe('separated values', () => {
  it('begin with the mark of UTF-8, and quote what would break a row', () => {
    const bytes = writeCsv(columns, [{ name: '甲,"乙"\n丙', count: 1 }]);
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(new TextDecoder().decode(bytes)).toBe('名称*,户数\r\n"甲,""乙""\n丙",1\r\n');
  });
});

describe('a template', () => {
  it('explains each column in both languages beside an example', async () => {
    const xml = xmlOf(await writeTemplate('单位', columns));
    for (const told of ['滨河社工站', '整数 · whole', '必填', '填写说明 Notes']) {
      expect(xml).toContain(told);
    }
  });
});
