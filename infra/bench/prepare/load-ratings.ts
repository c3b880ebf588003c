import { type Connection, createConnection } from 'mysql2/promise';

const ratingsPerStatement = 5_000;
const dayMs = 86_400_000;
/** One rating in ten is bad, so that it has a follow-up. */
const levels = [5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 4, 4, 4, 4, 3, 3, 2, 1];

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
 * counters and closed follow-ups that say the same, by SQL alone.
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
    await writeFollowUps(connection);
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
  const level = levels[(index + Math.floor(index / subjects)) % levels.length];
  const drawn = `SHA2('${index}',256)`;
  const part = (from: number, length: number) => `SUBSTR(${drawn},${from},${length})`;
  const person = `UNHEX(CONCAT(${part(1, 12)},'7',${part(14, 3)},'8',${part(18, 15)}))`;
  const ids = `X'${id}',X'${'0'.repeat(32)}',X'${subject}','第1服务队',NULL,NULL,X'${subject}'`;
  const rater = `'walk-up',UNHEX(${drawn}),'verified',UNHEX(LEFT(${drawn},32)),${person}`;
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

async function writeFollowUps(connection: Connection): Promise<void> {
  const idOf = (head: string, id: string) => `UNHEX(CONCAT('${head}', SUBSTR(HEX(${id}), 9)))`;
  await connection.query(
    `INSERT INTO ratings_follow_up (id, rating_id, programme_id, subject_id, subject_person_id,
      subject_unit_id, area_path, desk_path, state, opened_at, accept_by, contact_by, resolve_by,
      closed_at, climbs, reopenings, outcome, is_calendar_known)
    SELECT ${idOf('0195512E', 'id')}, id, programme_id, subject_id, subject_person_id, unit_id,
      area_path, area_path, 'closed', rated_at, rated_at + INTERVAL 1 DAY, rated_at + INTERVAL 3 DAY,
      rated_at + INTERVAL 15 DAY, rated_at + INTERVAL 12 HOUR, 0, 0, 'fixed', 1
    FROM ratings_rating WHERE level <= 2`,
  );
  await connection.query(
    `INSERT INTO ratings_follow_up_step (id, follow_up_id, step, taken_at, desk_path)
    SELECT ${idOf('0195512F', 'rating_id')}, id, 'opened', opened_at, desk_path
    FROM ratings_follow_up`,
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
  await connection.query('ANALYZE TABLE ratings_rating, ratings_counter, ratings_follow_up');
}
