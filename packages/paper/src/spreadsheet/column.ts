/** A text in the two languages of the house. */
export interface Words {
  zh: string;
  en: string;
}

/** A column of a table that people fill in or read: the same for templates, imports and exports. */
export interface Column<K extends string = string> {
  key: K;
  title: Words;
  required?: boolean;
  /** In characters of Latin text; a Chinese character takes two. */
  width?: number;
  /** What a cell may hold, for the page of notes in a template. */
  note?: Words;
  /** A cell of the example row in a template. */
  example?: string;
}

export type CellValue = string | number | null;
export type TableRow<K extends string = string> = { [key in K]?: CellValue };

/** The heading of a column as it is written: Chinese, marked where a cell is wanted. */
export function headingOf({ title, required }: Column): string {
  return required ? `${title.zh}*` : title.zh;
}

/** A heading without what people change about it: marks, spaces, upper case. */
export function plainHeading(text: string): string {
  return text.replace(/[*＊\s]/g, '').toLowerCase();
}

/** Width of a text in Latin characters. */
export function widthOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (character > '\u2e7f' ? 2 : 1), 0);
}
