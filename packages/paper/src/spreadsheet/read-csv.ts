import { parse } from 'csv-parse/sync';

/** The bytes are no text in a known encoding, or its quotes do not close. */
export class CsvRefusedError extends Error {
  override name = 'CsvRefusedError';
}

/** Cells as text, record by record from the top, at most `maxRows`. */
export function readCsvRows(bytes: Buffer, maxRows: number): string[][] {
  const text = decode(bytes);
  try {
    return parse(text, {
      delimiter: delimiterOf(text),
      to: maxRows,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
    });
  } catch (cause) {
    throw new CsvRefusedError('not a table of separated values', { cause });
  }
}

/** UTF-8 with or without its mark, UTF-16 with it, else GB18030, which Excel in China writes. */
function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      if (!text.includes('\u0000')) return text;
    } catch {
      // The next encoding is tried.
    }
  }
  throw new CsvRefusedError('neither UTF-8 nor GB18030');
}

/** What separates the headings: a comma, a tab or, where the decimal sign is a comma, a semicolon. */
function delimiterOf(text: string): string {
  const [heading = ''] = text.split(/\r?\n/, 1);
  const count = (delimiter: string) => heading.split(delimiter).length;
  return [',', '\t', ';'].reduce((best, one) => (count(one) > count(best) ? one : best));
}
