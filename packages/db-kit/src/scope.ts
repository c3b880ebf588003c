import type { Kysely, SelectQueryBuilder } from 'kysely';
import { sql } from 'kysely';
import { escapeLike } from './like.ts';

/** Area paths (`/1506/150603/`) whose subtrees a reader may see, or everywhere for the house itself. */
export type AreaScope = readonly string[] | typeof everywhere;

/** For reads whose right follows from something else than an area: a token, an own row, a job. */
export const everywhere = Symbol('everywhere');

interface ScopedRow {
  area_path: unknown;
}

type ScopedTable<DB> = {
  [T in keyof DB & string]: DB[T] extends ScopedRow ? T : never;
}[keyof DB & string];

/**
 * The one way to read a table whose rows belong to an area: only rows in the subtrees of `scope`.
 * An empty scope sees nothing.
 */
export function selectScoped<DB, T extends ScopedTable<DB>>(
  db: Kysely<DB>,
  table: T,
  scope: AreaScope,
): SelectQueryBuilder<DB, T, object> {
  const query = db.selectFrom(table as never) as unknown as SelectQueryBuilder<DB, T, object>;
  if (scope === everywhere) return query;
  const column = sql.ref(`${table}.area_path`);
  const inside = scope.map((path) => sql<boolean>`${column} LIKE ${`${escapeLike(path)}%`}`);
  return query.where(
    inside.length === 0 ? sql<boolean>`1 = 0` : sql<boolean>`(${sql.join(inside, sql` OR `)})`,
  );
}
