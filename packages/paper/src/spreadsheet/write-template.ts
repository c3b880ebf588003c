import { type Column, headingOf } from './column.ts';
import { writeWorkbook } from './write-workbook.ts';

const noteColumns = [
  { key: 'column', title: { zh: '栏目', en: 'Column' }, width: 20 },
  { key: 'required', title: { zh: '是否必填', en: 'Required' }, width: 12 },
  { key: 'example', title: { zh: '示例', en: 'Example' }, width: 30 },
  { key: 'note', title: { zh: '说明', en: 'Note' }, width: 60 },
] as const;

/**
 * A workbook to fill in: the first sheet has the headings alone, so that nothing of an example can
 * be brought in by mistake; the second has an example row, the third explains each column.
 */
export function writeTemplate(
  name: string,
  columns: readonly Column[],
): Promise<Uint8Array<ArrayBuffer>> {
  const example = Object.fromEntries(columns.map(({ key, example: text }) => [key, text ?? '']));
  const notes = columns.map((column) => ({
    column: `${headingOf(column)} ${column.title.en}`,
    required: column.required ? '必填' : '可空',
    example: column.example ?? '',
    note: column.note ? `${column.note.zh} · ${column.note.en}` : '',
  }));
  return writeWorkbook([
    { name, columns, rows: [] },
    { name: '示例 Example', columns, rows: [example] },
    { name: '填写说明 Notes', columns: noteColumns, rows: notes },
  ]);
}
