import { setImmediate as letOthersRun } from 'node:timers/promises';
import { CompiledQuery } from 'kysely';
import type { SqlRunner } from '../ledger.ts';

/** Values as the driver may bind them; never an object or an array, which would turn into SQL. */
export type SqlValue = string | number | Buffer | Date | null;

/** Rows that one IN list or one CASE may name; MariaDB rewrites lists from 1,000 values on. */
export const chunkSize = 500;

/** Runs one statement; names in `text` come from `tablesOf`, all values are bound. */
export async function runSql<R>(
  db: SqlRunner,
  text: string,
  values: readonly SqlValue[] = [],
): Promise<R[]> {
  const { rows } = await db.executeQuery(CompiledQuery.raw(text, [...values]));
  return rows as R[];
}

/** Runs one statement that changes rows and gives the number of rows it matched. */
export async function runChange(
  db: SqlRunner,
  text: string,
  values: readonly SqlValue[],
): Promise<number> {
  const { numAffectedRows } = await db.executeQuery(CompiledQuery.raw(text, [...values]));
  return Number(numAffectedRows ?? 0);
}

/** A statement without values to bind, and the number of rows that it has to match. */
export interface Change {
  text: string;
  rows: number;
}

/**
 * Runs statements one after the other, each made while the database works on the one before: their
 * making is on the way to the commit, under locks. Throws where one matches other rows than it has to.
 */
export async function runChanges(db: SqlRunner, changes: Iterator<Change, unknown>): Promise<void> {
  let next = changes.next();
  while (!next.done) {
    const { text, rows } = next.value;
    const sent = runChange(db, text, []);
    const made = letOthersRun().then(() => changes.next());
    const [matched, following] = await Promise.all([sent, made]);
    if (matched !== rows) throw new Error('a statement of the ledger matched other rows');
    next = following;
  }
}

/** `count` groups of placeholders for a multi-row statement: `(?,?),(?,?)` of width 2. */
export function placeholders(count: number, width: number): string {
  return Array(count)
    .fill(`(${Array(width).fill('?').join(',')})`)
    .join(',');
}

/** `?,?,?` for an IN list. */
export function listOf(values: readonly unknown[]): string {
  return Array(values.length).fill('?').join(',');
}

export function cutIntoChunks<T>(values: readonly T[], size = chunkSize): T[][] {
  const chunks: T[][] = [];
  for (let from = 0; from < values.length; from += size) {
    chunks.push(values.slice(from, from + size));
  }
  return chunks;
}

/** Throws a RangeError unless a page has between 1 and 1,000 rows. */
export function assertLimit(limit: number): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > 1_000) throw new RangeError('limit');
}

/** The database's time, moved by the ledger's clock. */
export async function readNow(db: SqlRunner, clock: { offsetMs(): number }): Promise<Date> {
  const [row] = await runSql<{ now: Date }>(db, 'SELECT UTC_TIMESTAMP(3) AS now');
  if (row === undefined) throw new Error('the database did not tell its time');
  return new Date(row.now.getTime() + clock.offsetMs());
}
