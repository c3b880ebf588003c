import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { CompiledQuery, type Kysely } from 'kysely';
import type { RatingsDatabase } from '../database.ts';

/** Stands for "none" in keys, where NULL would not be equal to itself. */
export const noId = Buffer.alloc(16);

export const idOrNone = (id: string | null): Buffer => (id === null ? noId : idToBinary(id));

export const idUnlessNone = (id: Buffer): string | null =>
  id.equals(noId) ? null : binaryToId(id);

/** Values as the driver may put them in; never an object or an array, which would turn into SQL. */
export type SqlValue = string | number | Buffer | Date | null;

/** Inserts many rows by one statement: a query builder would cost a batch more than the database. */
export async function insertRows(
  tx: Kysely<RatingsDatabase>,
  table: keyof RatingsDatabase,
  columns: readonly string[],
  rows: readonly (readonly SqlValue[])[],
  orElse = '',
): Promise<void> {
  if (rows.length === 0) return;
  const group = `(${Array(columns.length).fill('?').join()})`;
  const groups = Array(rows.length).fill(group).join();
  const text = `INSERT INTO ${table} (${columns.join()}) VALUES ${groups} ${orElse}`;
  await tx.executeQuery(CompiledQuery.raw(text, rows.flat()));
}
