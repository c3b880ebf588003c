import { toSafeInteger } from '@ddp/db-kit/amounts';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { insertRows } from '@ddp/db-kit/rows';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type Kysely, sql } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import {
  addLevel,
  type Cell,
  type CountedCell,
  cellKey,
  type LevelCounts,
  levels,
  noCounts,
  type RaterClass,
} from '../domain/cell.ts';
import { idOrNone, idUnlessNone, noId } from './rows.ts';

type Db = Kysely<RatingsDatabase>;

const cellColumns = [
  ...(['subject_id', 'month', 'rater_class'] as const),
  ...(['programme_id', 'unit_id', 'area_path'] as const),
];
export const levelColumns = levels.map((level) => `level_${level}` as const);

/**
 * Counts ratings by one statement, in the order of the key, so that two batches wait for each other
 * in turn and never in a ring. The only key that can collide is the primary one.
 */
export async function countRatings(
  tx: Db,
  ratings: readonly { cell: Cell; level: number }[],
): Promise<void> {
  const sums = new Map<string, CountedCell>();
  for (const { cell, level } of ratings) {
    const key = cellKey(cell);
    const counts = addLevel(sums.get(key)?.counts ?? noCounts, level);
    sums.set(key, { cell, counts });
  }
  const inOrder = [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
  await writeCells(tx, inOrder, (column) => `${column} = ${column} + VALUES(${column})`);
}

async function writeCells(
  tx: Db,
  cells: readonly CountedCell[],
  orElse: (column: string) => string,
): Promise<void> {
  const rows = cells.map(({ cell, counts }) => [
    ...valuesOf(cell),
    ...levels.map((level) => counts[level]),
  ]);
  const update = levelColumns.map(orElse).join();
  const columns = [...cellColumns, ...levelColumns];
  await insertRows(tx, 'ratings_counter', columns, rows, `ON DUPLICATE KEY UPDATE ${update}`);
}

/** Takes one rating out of its cell, or puts it back. */
export async function moveCount(tx: Db, cell: Cell, level: number, by: 1 | -1): Promise<void> {
  const [subject, month, raterClass, programme, unit, areaPath] = valuesOf(cell);
  const column = sql.ref<number>(`level_${level}`);
  const moved = await sql`UPDATE ratings_counter SET ${column} = ${column} + ${by}
    WHERE subject_id = ${subject} AND month = ${month} AND rater_class = ${raterClass}
      AND programme_id = ${programme} AND unit_id = ${unit} AND area_path = ${areaPath}`.execute(
    tx,
  );
  if (moved.numAffectedRows !== 1n) throw new Error('a counted rating has no counter');
}

function valuesOf(cell: Cell): (string | Buffer)[] {
  const { subjectId, month, raterClass, programmeId, unitId, areaPath } = cell;
  const ids = [idOrNone(programmeId), idOrNone(unitId)];
  return [idToBinary(subjectId), month, raterClass, ...ids, areaPath];
}

interface CellRow {
  month: string;
  rater_class: string;
  programme_id: Buffer;
  unit_id: Buffer | null;
  area_path: string;
}

export function cellOf(subjectId: Buffer, row: CellRow): Cell {
  return {
    subjectId: binaryToId(subjectId),
    month: row.month,
    raterClass: row.rater_class as RaterClass,
    programmeId: idUnlessNone(row.programme_id),
    unitId: idUnlessNone(row.unit_id ?? noId),
    areaPath: row.area_path,
  };
}

/** Locks the counters of a subject: who counts meanwhile adds to what is written then. */
export async function lockCounters(tx: Db, subjectId: Buffer): Promise<Map<string, CountedCell>> {
  const rows = await selectScoped(tx, 'ratings_counter', everywhere)
    .select([...cellColumns, ...levelColumns])
    .where('subject_id', '=', subjectId)
    .orderBy('month')
    .forUpdate()
    .execute();
  return byKey(
    rows.map((row) => {
      const counts = Object.fromEntries(levels.map((level) => [level, row[`level_${level}`]]));
      return { cell: cellOf(subjectId, row), counts: counts as LevelCounts };
    }),
  );
}

/** What the ratings of a subject add up to. */
export async function recount(db: Db, subjectId: Buffer): Promise<Map<string, CountedCell>> {
  const rows = await selectScoped(db, 'ratings_rating', everywhere)
    .select(sql<string>`CONVERT(DATE_FORMAT(rated_on, '%Y-%m') USING ascii)`.as('month'))
    .select(['rater_class', 'programme_id', 'unit_id', 'area_path', 'level'])
    .select(sql<number>`COUNT(*)`.as('count'))
    .where('subject_id', '=', subjectId)
    .where('state', '=', 'counted')
    .groupBy(['month', 'rater_class', 'programme_id', 'unit_id', 'area_path', 'level'])
    .execute();
  const sums = new Map<string, CountedCell>();
  for (const row of rows) {
    const cell = cellOf(subjectId, row);
    const counts = sums.get(cellKey(cell))?.counts ?? noCounts;
    sums.set(cellKey(cell), {
      cell,
      counts: addLevel(counts, row.level, toSafeInteger(row.count)),
    });
  }
  return sums;
}

export async function correctCounters(tx: Db, cells: readonly CountedCell[]): Promise<void> {
  await writeCells(tx, cells, (column) => `${column} = VALUES(${column})`);
}

/** Subjects that have ratings or counters, in order of id. */
export async function listRatedSubjects(db: Db, after: Buffer, limit: number): Promise<Buffer[]> {
  const read = (table: 'ratings_rating' | 'ratings_counter') =>
    selectScoped(db, table, everywhere)
      .select('subject_id')
      .distinct()
      .where('subject_id', '>', after)
      .orderBy('subject_id')
      .limit(limit)
      .execute();
  const rows = [...(await read('ratings_rating')), ...(await read('ratings_counter'))];
  const ids = new Map(rows.map(({ subject_id: id }) => [id.toString('hex'), id]));
  return [...ids.values()].sort(Buffer.compare).slice(0, limit);
}

function byKey(cells: readonly CountedCell[]): Map<string, CountedCell> {
  return new Map(cells.map((one) => [cellKey(one.cell), one]));
}
