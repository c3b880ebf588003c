import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTable } from './read-table.ts';
import { writeCsv } from './write-csv.ts';
import { writeTemplate } from './write-template.ts';
import { writeWorkbook } from './write-workbook.ts';

const columns = [
  { key: 'code', title: { zh: '区划代码', en: 'Area code' }, required: true, example: '150603' },
  { key: 'name', title: { zh: '名称', en: 'Name' }, required: true },
  { key: 'phone', title: { zh: '电话', en: 'Phone' } },
] as const;
const rows = [
  { code: '0150603003001', name: '滨河社区', phone: '04778590000' },
  { code: '150603003002', name: '=HYPERLINK("http://x")', phone: '' },
];
const utf8 = (text: string) => new Uint8Array(Buffer.from(text, 'utf8'));

/** A zip file of one deflated file, which may lie about its size. */
function zipOf(name: string, content: Buffer, told = content.length): Uint8Array {
  const packed = deflateRawSync(content);
  const sizes = Buffer.alloc(12);
  sizes.writeUInt32LE(packed.length, 4);
  sizes.writeUInt32LE(told, 8);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  sizes.copy(local, 14);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(8, 10);
  sizes.copy(central, 16);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(30 + name.length + packed.length, 16);
  const named = Buffer.from(name);
  return new Uint8Array(Buffer.concat([local, named, packed, central, named, end]));
}

describe('a table that was written', () => {
  it.each([
    ['a workbook', () => writeWorkbook([{ name: '单位', columns, rows }])],
    ['separated values', async () => writeCsv(columns, rows)],
  ])('is read back from %s with every zero and digit', async (_form, write) => {
    const { rows: read } = await readTable(await write(), columns);
    expect(read).toEqual([
      { row: 2, cells: rows[0] },
      { row: 3, cells: rows[1] },
    ]);
  });

  it('comes back whatever people typed', async () => {
    const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
    // U+FFFD says that a text was lost before; no table keeps it.
    const lost = /[\p{Cc}\p{Cs}\uFFFD-\uFFFF]/gu;
    const typed = word.map((text) => text.replace(lost, '').trim());
    const property = fc.asyncProperty(typed, async (name) => {
      fc.pre(name !== '' && !/E\+/.test(name) && !name.startsWith("'"));
      const one = [{ code: '1506', name, phone: '' }];
      const fromBook = await readTable(
        await writeWorkbook([{ name: 'a', columns, rows: one }]),
        columns,
      );
      const fromCsv = await readTable(writeCsv(columns, one), columns);
      expect([fromBook.rows?.[0]?.cells.name, fromCsv.rows?.[0]?.cells.name]).toEqual([name, name]);
    });
    await fc.assert(property, { numRuns: 60 });
  });
});

it('writes the words that every object knows as the texts they are', async () => {
  const words = ['constructor', '__proto__', 'toString', 'valueOf', 'constructor'];
  const table = words.map((name) => ({ code: '1506', name, phone: '' }));
  const { rows: read } = await readTable(
    await writeWorkbook([{ name: 'a', columns, rows: table }]),
    columns,
  );
  expect(read?.map(({ cells }) => cells.name)).toEqual(words);
});

describe('reading', () => {
  it.each([
    ['UTF-8', utf8('区划代码,名称\n1506,鄂尔多斯')],
    ['UTF-8 with its mark', utf8('\ufeff区划代码\t名称\r\n1506\t鄂尔多斯')],
    // 区划代码,名称 and 1506,鄂尔多斯 as Excel in China saves them.
    [
      'GB18030',
      new Uint8Array(
        Buffer.from('c7f8bbaeb4fac2eb2cc3fbb3c60d0a313530362cb6f5b6fbb6e0cbb9', 'hex'),
      ),
    ],
    ['UTF-16', new Uint8Array(Buffer.from('\ufeff区划代码\t名称\n1506\t鄂尔多斯', 'utf16le'))],
  ])('understands %s', async (_encoding, bytes) => {
    const { rows: read } = await readTable(bytes, columns);
    expect(read).toEqual([{ row: 2, cells: { code: '1506', name: '鄂尔多斯' } }]);
  });

  it('takes headings in either language and any order, and passes over empty rows', async () => {
    const bytes = utf8('\n NAME , area code*\n\n乌兰,1506\n,\n');
    const { rows: read } = await readTable(bytes, columns);
    expect(read).toEqual([{ row: 4, cells: { name: '乌兰', code: '1506' } }]);
  });

  it('tells every fault by row and column, and gives no row', async () => {
    const bytes = utf8('区划代码,名称\n1506,\n1.50603E+11,滨河');
    const reading = await readTable(bytes, columns);
    expect(reading.rows).toBeNull();
    expect(reading.errors).toMatchObject([
      { row: 2, column: '名称', message: { zh: '必填' } },
      { row: 3, column: '区划代码', message: { en: 'lost digits: set the cell to text' } },
    ]);
  });

  it.each([
    ['a heading it does not know', '区划代码,名称,身份证号\n1,2,3', '身份证号'],
    ['a heading that comes twice', '区划代码,名称,名称\n1,2,3', '名称'],
    ['a required column that is not there', '名称\n1', '区划代码'],
  ])('refuses %s', async (_fault, text, column) => {
    expect((await readTable(utf8(text), columns)).errors).toMatchObject([{ column }]);
  });

  it('refuses more rows than allowed, an empty table, and no table at all', async () => {
    const three = utf8('区划代码,名称\n1,a\n2,b\n3,c');
    const many = await readTable(three, columns, { maxRows: 2 });
    expect(many.errors?.[0]?.message.zh).toBe('一次最多 2 行');
    for (const bytes of [utf8(''), utf8('区划代码,名称\n'), utf8('\n\n')]) {
      expect((await readTable(bytes, columns)).errors).toHaveLength(1);
    }
    const image = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 0xff]);
    const old = new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    expect((await readTable(image, columns)).errors).toHaveLength(1);
    expect((await readTable(old, columns)).errors?.[0]?.message.zh).toContain('.xlsx');
    const large = new Uint8Array(5 * 1024 * 1024 + 1);
    expect((await readTable(large, columns)).errors?.[0]?.message.zh).toContain('5 MB');
  });
});

describe('a hostile workbook', () => {
  const sheet = (cells: string) =>
    Buffer.from(`<worksheet><sheetData>${cells}</sheetData></worksheet>`);
  const zeros = Buffer.alloc(40 * 1024 * 1024);

  it.each([
    ['unpacks to too much', zipOf('xl/a.xml', zeros)],
    ['unpacks to more than it says', zipOf('xl/a.xml', zeros, 1_000)],
    ['has a cell far down', zipOf('xl/a.xml', sheet('<row r="1048576"><c r="A1048576"/></row>'))],
    ['has a cell far out', zipOf('xl/a.xml', sheet("<row><c  r = 'XFD1'/></row>"))],
    ['hides where a cell stands', zipOf('xl/a.xml', sheet('<row r="&#49;048576"/>'))],
    ['has rows without an end', zipOf('xl/a.xml', sheet('<row/>'.repeat(30_000)))],
    ['is cut off', zipOf('xl/a.xml', sheet('')).slice(0, -30)],
  ])('that %s is refused', async (_trick, bytes) => {
    const reading = await readTable(bytes, columns);
    expect(reading.errors?.[0]?.message.en).toMatch(/not an Excel file/);
  });
});

describe('a template', () => {
  it('has nothing that could be brought in by mistake, and takes the rows put under it', async () => {
    const reading = await readTable(await writeTemplate('单位', columns), columns);
    expect(reading.errors?.[0]?.message.zh).toBe('没有数据行');
  });
});
