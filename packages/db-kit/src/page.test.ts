import { Problem } from '@ddp/contracts/problem';
import { describe, expect, it } from 'vitest';
import { newId } from './ids.ts';
import { decodeCursor, encodeCursor, idCursor, toPage } from './page.ts';

const rows = ['a', 'b', 'c', 'd'];
const page = (read: string[], limit: number) =>
  toPage(
    read,
    limit,
    (row) => row.toUpperCase(),
    (row) => `key-${row}`,
  );

describe('a page', () => {
  it('has a cursor only when one more row was read than it shows', () => {
    const { items, nextCursor } = page(rows.slice(0, 3), 2);
    expect(items).toEqual(['A', 'B']);
    expect(decodeCursor(nextCursor ?? '', /^key-\w$/)).toBe('key-b');
    expect(page(rows.slice(0, 2), 2)).toEqual({ items: ['A', 'B'], nextCursor: null });
    expect(page([], 2)).toEqual({ items: [], nextCursor: null });
  });
});

describe('a cursor', () => {
  it('comes back as the key it was made of; the first page has none', () => {
    const id = newId();
    expect(decodeCursor(encodeCursor(id), idCursor)).toBe(id);
    expect(decodeCursor(undefined, idCursor)).toBeNull();
  });

  it('of another list, or made by hand, is refused by name', () => {
    for (const cursor of [encodeCursor('2026-01-01'), encodeCursor("x' OR 1=1"), 'AAAA', '']) {
      const refused = (() => {
        try {
          return decodeCursor(cursor, idCursor);
        } catch (error) {
          return error;
        }
      })();
      expect(refused).toBeInstanceOf(Problem);
      expect(refused).toMatchObject({
        definition: { slug: 'invalid-request', status: 400 },
        options: { errors: [{ pointer: 'cursor' }] },
      });
    }
  });
});
