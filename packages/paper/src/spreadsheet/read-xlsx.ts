import readWorkbook from 'read-excel-file/universal';
import { unpackXml, ZipRefusedError } from './zip-bounds.ts';

/** Rows and columns of a sheet, empty ones included, that are still read. */
const maxSheetRows = 20_000;
const maxSheetColumns = 200;

/** The bytes are no workbook that can be read; the message is for the log. */
export class WorkbookRefusedError extends Error {
  override name = 'WorkbookRefusedError';
}

/** Cells as text, row by row from the top of the first sheet; the first is row 1 of the sheet. */
export async function readXlsxRows(bytes: Buffer): Promise<string[][]> {
  requireBounds(bytes);
  try {
    const sheets = await readWorkbook(
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer,
      {
        parseNumber: (text) => text,
      },
    );
    return (sheets[0]?.data ?? []).map((row) => row.map(textOf));
  } catch (cause) {
    throw new WorkbookRefusedError('not a workbook', { cause });
  }
}

/**
 * Throws where the sheets would be laid out too large in memory: one cell that says it stands in
 * row 1,048,576 makes the rows before it, however small the file is.
 */
function requireBounds(bytes: Buffer): void {
  try {
    for (const file of unpackXml(bytes)) {
      const xml = file.toString('utf8');
      if (/<(?:\w+:)?sheetData[\s/>]/.test(xml)) requireSheetBounds(xml);
    }
  } catch (cause) {
    if (!(cause instanceof ZipRefusedError)) throw cause;
    throw new WorkbookRefusedError('not a zip file within bounds', { cause });
  }
}

function requireSheetBounds(xml: string): void {
  let rows = 0;
  let cells = 0;
  for (const [, tag] of xml.matchAll(/<(?:\w+:)?(row|c)[\s/>]/g)) {
    if (tag === 'row') rows += 1;
    else cells += 1;
  }
  if (rows > maxSheetRows || cells > maxSheetRows * 50) {
    throw new WorkbookRefusedError('too many rows or cells');
  }
  for (const [, , place = ''] of xml.matchAll(/\sr\s*=\s*(["'])([^"']*)\1/g)) {
    const [, letters = '', row = ''] = /^([A-Z]{0,3})([0-9]{1,7})$/.exec(place) ?? [];
    if (row === '' || Number(row) > maxSheetRows || columnOf(letters) > maxSheetColumns) {
      throw new WorkbookRefusedError(`a cell stands too far out: ${place.slice(0, 20)}`);
    }
  }
}

/** 1 for A, 27 for AA. */
function columnOf(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value === 'boolean') return value ? '是' : '否';
  return String(value);
}
