import { stringify } from 'csv-stringify/sync';
import { type Column, headingOf, type TableRow } from './column.ts';
import { escapeFormula } from './formula.ts';

/** A CSV file that opens rightly in Excel in China too: UTF-8 with its mark, lines ended by CRLF. */
export function writeCsv<K extends string>(
  columns: readonly Column<K>[],
  rows: readonly TableRow<K>[],
): Uint8Array<ArrayBuffer> {
  const heading = columns.map(headingOf);
  const cells = rows.map((row) =>
    columns.map(({ key }) => {
      const value = row[key] ?? '';
      return typeof value === 'number' ? String(value) : escapeFormula(value);
    }),
  );
  const text = stringify([heading, ...cells], { bom: true, record_delimiter: '\r\n' });
  return new Uint8Array(Buffer.from(text, 'utf8'));
}
