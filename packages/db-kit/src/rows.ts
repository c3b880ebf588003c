import { CompiledQuery, type Kysely } from 'kysely';

/** Values as the driver may put them in; never an object or an array, which would turn into SQL. */
export type SqlValue = string | number | Buffer | Date | null;

/** Inserts many rows by one statement: a query builder would cost a batch more than the database. */
export async function insertRows<DB>(
  tx: Kysely<DB>,
  table: keyof DB & string,
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

export interface RowChange {
  /** Values of the columns that name the row. */
  key: readonly SqlValue[];
  /** For the `?` of each expression, in their order. */
  values: readonly SqlValue[];
  /** For the `?` of the condition. */
  when?: readonly SqlValue[];
}

/**
 * Changes rows that are locked, each in its own way, by one statement. `set` gives columns an
 * expression with one `?`; a row that does not meet the condition `when` stays as it is. Tells how
 * many rows were changed.
 */
export async function changeRows<DB>(
  tx: Kysely<DB>,
  table: keyof DB & string,
  how: { keys: readonly string[]; set: Readonly<Record<string, string>>; when?: string },
  rows: readonly RowChange[],
): Promise<number> {
  if (rows.length === 0) return 0;
  const same = how.keys.map((key) => `${key} = ?`).join(' AND ');
  const columns = Object.entries(how.set);
  const cases = columns.map(([column, change]) => {
    const whens = Array(rows.length).fill(`WHEN ${same} THEN ${change}`).join(' ');
    return `${column} = CASE ${whens} ELSE ${column} END`;
  });
  const meant = how.when === undefined ? same : `${same} AND ${how.when}`;
  const where = Array(rows.length).fill(`(${meant})`).join(' OR ');
  const text = `UPDATE ${table} SET ${cases.join()} WHERE ${where}`;
  const parameters = [
    ...columns.flatMap((_column, index) =>
      rows.flatMap(({ key, values }) => [...key, values[index] ?? null]),
    ),
    ...rows.flatMap(({ key, when = [] }) => [...key, ...when]),
  ];
  const { numAffectedRows } = await tx.executeQuery(CompiledQuery.raw(text, parameters));
  return Number(numAffectedRows ?? 0n);
}
