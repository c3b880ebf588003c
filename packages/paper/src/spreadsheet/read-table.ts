import { type Column, plainHeading, type Words } from './column.ts';
import { unescapeFormula } from './formula.ts';
import { CsvRefusedError, readCsvRows } from './read-csv.ts';
import { readXlsxRows, WorkbookRefusedError } from './read-xlsx.ts';

const maxBytes = 5 * 1024 * 1024;
const maxErrors = 200;

/** A row that holds something: its number in the sheet, from 1, and its cells as text. */
export interface ReadRow<K extends string> {
  row: number;
  cells: Record<K, string>;
}

export interface TableError {
  /** Row of the sheet, or null for the table as a whole. */
  row: number | null;
  /** Heading of the column, or null for the row as a whole. */
  column: string | null;
  message: Words;
}

export type TableReading<K extends string> =
  | { rows: ReadRow<K>[]; errors: null }
  | { rows: null; errors: TableError[] };

export interface ReadTableOptions {
  /** Rows below the headings; 10,000 unless less is wanted. */
  maxRows?: number;
}

/**
 * Reads the first sheet of an XLSX file, or a CSV file, told apart by their content. The first row
 * that holds something has the headings, in Chinese or English, in any order. Numbers keep their
 * leading zeros and all their digits where the cell holds text; dates become `YYYY-MM-DD`. Either
 * every row is read or none: errors tell row and column, at most 200 of them.
 */
export async function readTable<K extends string>(
  bytes: Uint8Array,
  columns: readonly Column<K>[],
  { maxRows = 10_000 }: ReadTableOptions = {},
): Promise<TableReading<K>> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const grid = await readGrid(buffer, maxRows);
  if ('message' in grid) return refuse([grid]);
  const headingAt = grid.rows.findIndex((row) => !isEmpty(row));
  const headings = grid.rows[headingAt];
  if (headings === undefined) return refuse([ofTable('表格是空的', 'the table is empty')]);
  const { placed, errors } = placeColumns(headings, columns, headingAt + 1);
  if (errors.length > 0) return refuse(errors);
  return readRows(grid.rows, headingAt, placed, maxRows);
}

type Grid = { rows: string[][] } | TableError;

async function readGrid(bytes: Buffer, maxRows: number): Promise<Grid> {
  if (bytes.length === 0) return ofTable('文件是空的', 'the file is empty');
  if (bytes.length > maxBytes) return ofTable('文件不能超过 5 MB', 'the file is larger than 5 MB');
  // The old binary format of Excel: an OLE container.
  if (beginsWith(bytes, 'd0cf11e0')) {
    return ofTable('请另存为 .xlsx 或 CSV 再导入', 'save it as .xlsx or CSV first');
  }
  try {
    const isZip = beginsWith(bytes, '504b0304');
    return { rows: isZip ? await readXlsxRows(bytes) : readCsvRows(bytes, maxRows + 100) };
  } catch (error) {
    if (error instanceof WorkbookRefusedError) {
      return ofTable(
        '不是可以读取的 Excel 文件，或空行空列过多',
        'not an Excel file that can be read, or with too many empty rows or columns',
      );
    }
    if (error instanceof CsvRefusedError) {
      return ofTable('不是 Excel 或 CSV 文件', 'neither an Excel nor a CSV file');
    }
    throw error;
  }
}

interface PlacedColumn<K extends string> {
  column: Column<K>;
  index: number;
}

function placeColumns<K extends string>(
  headings: readonly string[],
  columns: readonly Column<K>[],
  row: number,
): { placed: PlacedColumn<K>[]; errors: TableError[] } {
  const errors: TableError[] = [];
  const places = new Map<K, number>();
  headings.forEach((heading, index) => {
    const plain = plainHeading(unescapeFormula(heading));
    if (plain === '') return;
    const found = columns.find(({ title }) =>
      [title.zh, title.en].some((name) => plainHeading(name) === plain),
    );
    const told = heading.trim().slice(0, 40);
    if (!found) errors.push(error(row, told, '模板中没有这一列', 'not a column of the template'));
    else if (places.has(found.key)) errors.push(error(row, told, '这一列重复', 'comes twice'));
    else places.set(found.key, index);
  });
  for (const { key, required, title } of columns) {
    if (required && !places.has(key)) errors.push(error(row, title.zh, '缺少这一列', 'is missing'));
  }
  const placed = columns.flatMap((column) => {
    const index = places.get(column.key);
    return index === undefined ? [] : [{ column, index }];
  });
  return { placed, errors };
}

function readRows<K extends string>(
  grid: readonly string[][],
  headingAt: number,
  placed: readonly PlacedColumn<K>[],
  maxRows: number,
): TableReading<K> {
  const rows: ReadRow<K>[] = [];
  const errors: TableError[] = [];
  for (let at = headingAt + 1; at < grid.length; at += 1) {
    const texts = grid[at] ?? [];
    if (isEmpty(texts)) continue;
    const row = at + 1;
    const cells: Partial<Record<K, string>> = {};
    for (const { column, index } of placed) {
      const text = unescapeFormula((texts[index] ?? '').trim());
      cells[column.key] = text;
      if (text === '' && column.required) {
        errors.push(error(row, column.title.zh, '必填', 'must be filled in'));
      }
      if (isRounded(text)) {
        const [zh, en] = [
          '数字位数过多已失真，请把单元格设为文本后重填',
          'lost digits: set the cell to text',
        ];
        errors.push(error(row, column.title.zh, zh, en));
      }
    }
    rows.push({ row, cells: cells as Record<K, string> });
    if (rows.length > maxRows) {
      return refuse([ofTable(`一次最多 ${maxRows} 行`, `at most ${maxRows} rows at a time`)]);
    }
    if (errors.length >= maxErrors) break;
  }
  if (errors.length > 0) return refuse(errors);
  if (rows.length > 0) return { rows, errors: null };
  return refuse([ofTable('没有数据行', 'there is no row below the headings')]);
}

/** Excel keeps 15 digits of a number and shows the rest of an id as zeros behind a power of ten. */
const isRounded = (text: string) => /^[0-9]+(\.[0-9]+)?E\+[0-9]+$/.test(text);

const beginsWith = (bytes: Buffer, hex: string) => bytes.toString('hex', 0, 4) === hex;

const isEmpty = (cells: readonly string[]) => cells.every((cell) => cell.trim() === '');

function error(row: number | null, column: string | null, zh: string, en: string): TableError {
  return { row, column, message: { zh, en } };
}

const ofTable = (zh: string, en: string) => error(null, null, zh, en);

const refuse = (errors: TableError[]) => ({ rows: null, errors: errors.slice(0, maxErrors) });
