import { type Kysely, sql } from 'kysely';
import { escapeLike } from './like.ts';
import { transact } from './transact.ts';

const chunkRows = 1_000;

/**
 * Brings the rows of a table from under one path to under another, in transactions of at most 1,000
 * rows each. A row that was rewritten is no longer found under the old path, so a repeat does what is
 * left. Only for rows that are alive: what tells of the past keeps the area it had.
 */
export async function rewriteAreaPaths<DB>(
  db: Kysely<DB>,
  table: string,
  { oldPath, newPath }: { oldPath: string; newPath: string },
  columnName = 'area_path',
): Promise<void> {
  const column = sql.ref(columnName);
  const rewrite = sql`UPDATE ${sql.table(table)}
    SET ${column} = CONCAT(${newPath}, SUBSTRING(${column}, ${oldPath.length + 1}))
    WHERE ${column} LIKE ${`${escapeLike(oldPath)}%`} LIMIT ${sql.val(chunkRows)}`;
  for (;;) {
    const { numAffectedRows = 0n } = await transact(db, (tx) => rewrite.execute(tx), {
      isRepeatable: true,
    });
    if (numAffectedRows < BigInt(chunkRows)) return;
  }
}
