import { type Connection, createConnection } from 'mysql2/promise';

const ratingsPerStatement = 5_000;
const dayMs = 86_400_000;

/** The id of a loaded rating by its number from 0. */
function ratingIdOf(index: number): string {
  return `0195512c00007000800${index.toString(16).padStart(13, '0')}`;
}

/** The id of a loaded subject by its number from 0. */
export function loadedSubjectId(index: number): string {
  return `0195512d-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
}

export interface LoadRatingsOptions {
  count: number;
  subjects: number;
  areaPath: string;
  say: (line: string) => void;
}

/**
 * Fills a ratings schema with ratings of residents over the last year, all subjects in their turn, with
 * counters that say the same, by SQL alone.
 */
export async function loadRatings(schemaUrl: string, options: LoadRatingsOptions): Promise<void> {
  const { count, say } = options;
  const connection = await createConnection({ uri: schemaUrl });
  try {
    let written: Promise<unknown> = Promise.resolve();
    for (let from = 0; from < count; from += ratingsPerStatement) {
      const upTo = Math.min(count, from + ratingsPerStatement);
      const rows: string[] = [];
      for (let index = from; index < upTo; index += 1) rows.push(rowOf(options, index));
      // The next rows are made while these are written.
      await written;
      written = insert(connection, rows);
      if (from % 500_000 === 0) say(`${from} of ${count} ratings`);
    }
    await written;
    await writeCounters(connection);
  } finally {
    await connection.end();
  }
}

/** Values are made here and hold nothing that would need escaping. */
function rowOf({ count, subjects, areaPath }: LoadRatingsOptions, index: number): string {
  const id = ratingIdOf(index);
  const subject = loadedSubjectId(index % subjects).replaceAll('-', '');
  const at = new Date(Date.now() - dayMs - ((count - index) / count) * 300 * dayMs);
  const sqlTime = at.toISOString().replace('T', ' ').slice(0, 23);
  const day = new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  const level = (index % 5) + 1;
  const drawn = `SHA2('${index}',256)`;
  const ids = `X'${id}',X'${'0'.repeat(32)}',X'${subject}','第1服务队',NULL,NULL,X'${subject}'`;
  const rater = `'walk-up',UNHEX(${drawn}),'verified',UNHEX(LEFT(${drawn},32)),UNHEX(RIGHT(${drawn},32))`;
  return `(${ids},${rater},1,0,0,${level},'','','shown',0,'counted',NULL,'${areaPath}','${day}','${sqlTime}')`;
}

async function insert(connection: Connection, rows: readonly string[]): Promise<void> {
  await connection.query(
    `INSERT INTO ratings_rating (id, programme_id, subject_id, subject_name, subject_person_id,
      unit_id, code_id, kind, rater_key, rater_class, once_key, person_id, is_verified, is_named,
      question_version, level, reasons, words, words_state, photo_count, state, rates_again,
      area_path, rated_on, rated_at) VALUES ${rows.join(',')}`,
  );
}

async function writeCounters(connection: Connection): Promise<void> {
  const sums = [1, 2, 3, 4, 5].map((level) => `SUM(level = ${level})`).join();
  await connection.query(
    `INSERT INTO ratings_counter (subject_id, month, rater_class, programme_id, unit_id, area_path,
      level_1, level_2, level_3, level_4, level_5)
    SELECT subject_id, CONVERT(DATE_FORMAT(rated_on, '%Y-%m') USING ascii), rater_class, programme_id,
      UNHEX(REPEAT('0', 32)), area_path, ${sums}
    FROM ratings_rating GROUP BY 1, 2, 3, 4, 5, 6`,
  );
  await connection.query('ANALYZE TABLE ratings_rating, ratings_counter');
}
