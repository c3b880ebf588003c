import { commonProblems, Problem } from '@ddp/contracts/problem';

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Makes the opaque cursor of a row from the key that the list is ordered by. */
export function encodeCursor(key: string): string {
  return Buffer.from(key).toString('base64url');
}

const notACursor = { zh: '不是这个列表的游标', en: 'not a cursor of this list' };

/** The key of a cursor, or null on the first page. Throws 400 unless it has the expected form. */
export function decodeCursor(cursor: string | undefined, form: RegExp): string | null {
  if (cursor === undefined) return null;
  const key = Buffer.from(cursor, 'base64url').toString();
  if (form.test(key)) return key;
  throw new Problem(commonProblems.invalidRequest, {
    errors: [{ pointer: 'cursor', message: notACursor }],
  });
}

export const idCursor = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Cuts rows, read one more than the limit, into a page. */
export function toPage<Row, T>(
  rows: readonly Row[],
  limit: number,
  map: (row: Row) => T,
  keyOf: (row: Row) => string,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { items: shown.map(map), nextCursor: hasMore ? encodeCursor(keyOf(last)) : null };
}
