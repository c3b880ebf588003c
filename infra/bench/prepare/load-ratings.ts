import type { RowDataPacket } from 'mysql2';
import { type Connection, createConnection } from 'mysql2/promise';

const ratingsPerStatement = 100_000;
/** One rating in ten is bad, so that it has a follow-up. */
const levels = [5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 4, 4, 4, 4, 3, 3, 2, 1];

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
    const keys = await dropKeys(connection);
    for (let from = 0; from < count; from += ratingsPerStatement) {
      if (from % 1_000_000 === 0) say(`${from} of ${count} ratings`);
      await insertRatings(connection, options, from, Math.min(count, from + ratingsPerStatement));
    }
    say(`the keys of ${count} ratings`);
    await connection.query(`ALTER TABLE ratings_rating ${keys.map((key) => `ADD ${key}`).join()}`);
    await writeFollowUps(connection);
    await writeCounters(connection);
  } finally {
    await connection.end();
  }
}

/** Keys are made in a fraction of the time once all rows are there. Gives what to add again. */
async function dropKeys(connection: Connection): Promise<string[]> {
  const [rows] = await connection.query<RowDataPacket[]>('SHOW INDEX FROM ratings_rating');
  const keys = new Map<string, { isUnique: boolean; columns: string[] }>();
  for (const { Key_name: name, Non_unique: nonUnique, Column_name: column } of rows) {
    if (name === 'PRIMARY') continue;
    const key = keys.get(name) ?? { isUnique: Number(nonUnique) === 0, columns: [] };
    key.columns.push(column);
    keys.set(name, key);
  }
  const drops = [...keys.keys()].map((name) => `DROP KEY ${name}`);
  await connection.query(`ALTER TABLE ratings_rating ${drops.join()}`);
  return [...keys].map(
    ([name, { isUnique, columns }]) => `${isUnique ? 'UNIQUE ' : ''}KEY ${name} (${columns})`,
  );
}

async function insertRatings(
  connection: Connection,
  { count, subjects, areaPath }: LoadRatingsOptions,
  from: number,
  upTo: number,
): Promise<void> {
  const ten = Array.from({ length: 10 }, (_none, digit) => `SELECT ${digit} AS d`).join(
    ' UNION ALL ',
  );
  const digits = ['a', 'b', 'c', 'd', 'e']
    .map((name) => `(${ten}) AS ${name}`)
    .join(' CROSS JOIN ');
  const number = `${from} + a.d + 10 * b.d + 100 * c.d + 1000 * d.d + 10000 * e.d`;
  const stepMs = Math.floor((300 * 86_400_000) / count);
  const since = `UTC_TIMESTAMP(3) - INTERVAL 301 DAY + INTERVAL n * ${stepMs * 1_000} MICROSECOND`;
  const subject = `UNHEX(CONCAT('0195512D000070008000', LPAD(HEX(n % ${subjects}), 12, '0')))`;
  await connection.query(
    `INSERT INTO ratings_rating (id, programme_id, subject_id, subject_name, subject_person_id,
      unit_id, code_id, kind, rater_key, rater_class, once_key, person_id, is_verified, is_named,
      question_version, level, reasons, words, words_state, photo_count, state, rates_again,
      area_path, rated_on, rated_at)
    SELECT UNHEX(CONCAT('0195512C00007000800', LPAD(HEX(n), 13, '0'))), UNHEX(REPEAT('0', 32)),
      ${subject}, '第1服务队', NULL, NULL, ${subject}, 'walk-up', UNHEX(drawn), 'verified',
      UNHEX(LEFT(drawn, 32)),
      UNHEX(CONCAT(SUBSTR(drawn, 1, 12), '7', SUBSTR(drawn, 14, 3), '8', SUBSTR(drawn, 18, 15))),
      1, 0, 0, ELT(1 + (n + n DIV ${subjects}) % ${levels.length}, ${levels}), '', '', 'shown', 0,
      'counted', NULL, '${areaPath}', DATE(rated_at + INTERVAL 8 HOUR), rated_at
    FROM (SELECT n, SHA2(n, 256) AS drawn, ${since} AS rated_at
      FROM (SELECT ${number} AS n FROM ${digits}) AS numbers WHERE n < ${upTo}) AS one`,
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
