import writeXlsx, { type Cell, type Sheet as XlsxSheet } from 'write-excel-file/node';
import { type CellValue, type Column, headingOf, type TableRow, widthOf } from './column.ts';
import { escapeFormula } from './formula.ts';

/** More are for several files. */
const maxRows = 50_000;
const widths = { least: 8, most: 60 };

export interface Sheet<K extends string = string> {
  /** Up to 31 characters. */
  name: string;
  columns: readonly Column<K>[];
  rows: readonly TableRow<K>[];
}

/**
 * An XLSX file with Chinese headings that stay in sight. Texts are text to Excel too, so that ids
 * keep their zeros; numbers are numbers. Throws on more than 50,000 rows.
 */
export async function writeWorkbook(sheets: readonly Sheet[]): Promise<Uint8Array<ArrayBuffer>> {
  const written = await writeXlsx(sheets.map(toXlsxSheet) as XlsxSheet<never>[]).toBuffer();
  return new Uint8Array(written);
}

function toXlsxSheet({ name, columns, rows }: Sheet): XlsxSheet<never> {
  if (rows.length > maxRows) throw new RangeError(`more than ${maxRows} rows`);
  const heading: Cell[] = columns.map((column) => ({
    ...textCell(headingOf(column)),
    fontWeight: 'bold',
  }));
  const cells = rows.map((row) => columns.map(({ key }) => toCell(row[key] ?? null)));
  return {
    sheet: name.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31),
    data: [heading, ...cells],
    columns: columns.map((column) => ({ width: columnWidth(column, rows) })),
    stickyRowsCount: 1,
  };
}

function toCell(value: CellValue): Cell {
  return typeof value === 'number' ? { value, type: Number } : textCell(value ?? '');
}

/** XML has no place for control characters. */
function textCell(text: string): { value: string; type: StringConstructor; format: string } {
  const plain = text.replace(/[^\P{Cc}\n\t]/gu, '').slice(0, 32_000);
  // The writer looks texts up in an object, where `__proto__` and its like are found without being
  // put there: a space at the end, which readers take off, makes them other texts.
  const value = plain in {} ? `${plain} ` : escapeFormula(plain);
  return { value, type: String, format: '@' };
}

function columnWidth({ key, width, ...column }: Column, rows: readonly TableRow[]): number {
  if (width !== undefined) return width;
  const sample = rows.slice(0, 200).map((row) => widthOf(String(row[key] ?? '')));
  const wanted = Math.max(widthOf(headingOf({ key, ...column })), ...sample) + 2;
  return Math.min(widths.most, Math.max(widths.least, wanted));
}
