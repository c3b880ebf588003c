import { createConnection } from 'mysql2/promise';

const rowsPerStatement = 10_000;
const areaPath = '/1506/150603/';

/** The token of a loaded code by its number from 0. */
export function tokenOf(index: number): string {
  return String(index).padStart(26, '0');
}

/** The id of a loaded code by its number from 0. */
export function codeIdOf(index: number): string {
  return `0195512b-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
}

/** Fills a codes schema with subjects, a service team each, by SQL alone. */
export async function loadSubjects(schemaUrl: string, count: number): Promise<void> {
  await fill(schemaUrl, count, (numbers) => [
    `INSERT INTO codes_subject_card (subject_id, programme_id, kind, name, title, unit_id, unit_name,
        area_name, area_path, person_id, is_active, version)
      SELECT UNHEX(CONCAT('0195512c000070008000', LPAD(HEX(n), 12, '0'))), NULL, 'organization',
        CONCAT('第', n, '服务队'), '志愿服务队', NULL, '康巴什区社会工作服务中心', '康巴什区',
        '${areaPath}', NULL, 1, 1
      FROM ${numbers}`,
  ]);
}

/** Fills a codes schema with subjects and an active code for each, by SQL alone. */
export async function loadCodes(schemaUrl: string, count: number): Promise<void> {
  await loadSubjects(schemaUrl, count);
  await fill(schemaUrl, count, (numbers) => [
    `INSERT INTO codes_code (id, subject_id, place, state, token, short_code, active_slot, area_path,
        issued_at, valid_until)
      SELECT UNHEX(CONCAT('0195512b000070008000', LPAD(HEX(n), 12, '0'))),
        UNHEX(CONCAT('0195512c000070008000', LPAD(HEX(n), 12, '0'))), '服务大厅', 'active',
        LPAD(n, 26, '0'), LPAD(n, 9, '0'), UNHEX(SHA2(n, 256)), '${areaPath}',
        UTC_TIMESTAMP(3), NULL
      FROM ${numbers}`,
  ]);
}

/** Runs statements over blocks of numbers from 0 to the count, as a derived table with a column n. */
export async function fill(
  schemaUrl: string,
  count: number,
  statementsOf: (numbers: string) => string[],
): Promise<void> {
  const connection = await createConnection({ uri: schemaUrl });
  try {
    for (let from = 0; from < count; from += rowsPerStatement) {
      const upTo = Math.min(count, from + rowsPerStatement);
      const numbers = `(SELECT ${from} + a.d + 10 * b.d + 100 * c.d + 1000 * e.d AS n
        FROM ${digits('a')}, ${digits('b')}, ${digits('c')}, ${digits('e')}
        HAVING n < ${upTo}) AS numbers`;
      for (const statement of statementsOf(numbers)) await connection.query(statement);
    }
  } finally {
    await connection.end();
  }
}

function digits(name: string): string {
  const rows = Array.from({ length: 10 }, (_none, digit) => `SELECT ${digit} AS d`);
  return `(${rows.join(' UNION ALL ')}) AS ${name}`;
}
