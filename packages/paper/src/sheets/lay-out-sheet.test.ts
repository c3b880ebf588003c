import { createMatrix } from '@ddp/qr/matrix';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureText, mmOfPoint } from '../drawing/fit-text.ts';
import type { Mark, Page } from '../drawing/marks.ts';
import { layOutSheet } from './lay-out-sheet.ts';
import type { SheetItem } from './sheet-item.ts';
import { capacityOf, type SheetName, sheetSizes } from './sheet-sizes.ts';

const sheets = Object.keys(sheetSizes) as SheetName[];
const matrix = createMatrix('https://ddp.example.gov.cn/e/0123456789abcdefghjkmnpqrs', 'H');
const text = (longest: number) =>
  fc
    .array(fc.constantFrom(...'康巴什区社会工作站龑頔婞（），·Wi 8-'), { maxLength: longest })
    .map((characters) => characters.join('').trim());

const items: fc.Arbitrary<SheetItem> = fc.record({
  matrix: fc.constant(matrix),
  shortCode: fc.constant('WWW-WWW-WWW'),
  name: text(60),
  title: text(60),
  unit: text(60),
  area: text(60),
  place: text(60),
  contactPhone: fc.constantFrom('', '0477-8588123', '0477-8588123 转 80212'),
});

type Text = Extract<Mark, { kind: 'text' }>;
const textsOf = (page: Page) => page.marks.filter((mark): mark is Text => mark.kind === 'text');

describe.each(sheets)('the sheet %s', (sheet) => {
  const size = sheetSizes[sheet];

  it('keeps every text inside its cell and off the symbol, however long it is', () => {
    fc.assert(
      fc.property(items, (item) => {
        const [page] = [...layOutSheet(sheet, [item], { xMm: 0, yMm: 0 })];
        const symbol = page?.marks.find((mark) => mark.kind === 'qr');
        if (!page || !symbol) throw new Error('nothing was laid out');
        for (const one of textsOf(page)) {
          const right = one.x + measureText(one.text, one.weight) * one.points;
          const top = one.baseline - 0.88 * one.points * mmOfPoint;
          const bottom = one.baseline + 0.25 * one.points * mmOfPoint;
          expect(one.x).toBeGreaterThan(size.left - 1e-6);
          expect(right).toBeLessThan(size.left + size.cell.width + 1e-6);
          expect(top).toBeGreaterThan(size.top - 1e-6);
          expect(bottom).toBeLessThan(size.top + size.cell.height + 1e-6);
          const besides = one.x >= symbol.x + symbol.side || right <= symbol.x;
          const above = bottom <= symbol.y + 1e-6 || top >= symbol.y + symbol.side - 1e-6;
          expect(besides || above, `${one.text} lies on the symbol`).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('moves everything by the offset of the printer, and begins a page when one is full', () => {
    const item = { ...fc.sample(items, { seed: 1, numRuns: 1 })[0], matrix } as SheetItem;
    const many = Array.from({ length: capacityOf(sheet) + 1 }, () => item);
    const still = [...layOutSheet(sheet, many, { xMm: 0, yMm: 0 })];
    const moved = [...layOutSheet(sheet, many, { xMm: 1.5, yMm: -2 })];
    expect(still).toHaveLength(2);
    const symbolOf = (pages: Page[]) => pages[0]?.marks.find((mark) => mark.kind === 'qr');
    expect((symbolOf(moved)?.x ?? 0) - (symbolOf(still)?.x ?? 0)).toBeCloseTo(1.5);
    expect((symbolOf(moved)?.y ?? 0) - (symbolOf(still)?.y ?? 0)).toBeCloseTo(-2);
  });
});

it.each(sheets.filter((sheet) => sheet !== 'resident-card'))('%s shows the whole name', (sheet) => {
  fc.assert(
    fc.property(items, (item) => {
      fc.pre(item.name !== '');
      const [page] = [...layOutSheet(sheet, [item], { xMm: 0, yMm: 0 })];
      const shown = textsOf(page ?? { widthMm: 0, heightMm: 0, marks: [] })
        .map((one) => one.text)
        .join('');
      expect(shown.replaceAll(' ', '')).toContain(item.name.replaceAll(' ', ''));
    }),
    { numRuns: 40 },
  );
});

it('draws a resident card without a word of whom it is for', () => {
  const item = {
    name: '乌兰',
    title: '甲',
    unit: '乙',
    area: '丙',
    place: '丁',
    contactPhone: '1',
  };
  const full = { ...item, matrix, shortCode: '7KX-29M-4QT' };
  const [page] = [...layOutSheet('resident-card', [full], { xMm: 0, yMm: 0 })];
  const words = textsOf(page ?? { widthMm: 0, heightMm: 0, marks: [] }).map((one) => one.text);
  expect(words).toContain('7KX-29M-4QT');
  for (const personal of Object.values(item)) expect(words).not.toContain(personal);
});
