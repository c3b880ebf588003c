import { idToBinary, newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import type { House } from './house.ts';

export const dayMs = 24 * 3_600_000;

/** As many residents rate at once. */
export async function rateTimes(
  house: House,
  token: string,
  levels: readonly number[],
): Promise<void> {
  await Promise.all(levels.map((level) => house.rate(token, personAs('resident'), { level })));
}

/** Lets a day go by and waits until nothing is left to be told. */
export async function tellAll(house: House): Promise<void> {
  house.clock.advanceMs(dayMs);
  await eventually(async () => {
    const rows = await house.sql(
      'SELECT COUNT(*) AS due FROM ratings_pool WHERE look_at <= ?',
      new Date(house.clock.now()),
    );
    return Number(rows[0]?.due) === 0;
  });
}

/** Copies a rating of a subject as ratings that came after it and were withdrawn. */
export async function plantWithdrawn(
  house: House,
  subjectId: string,
  count: number,
): Promise<void> {
  const digits = `(SELECT 0 AS d ${[1, 2, 3, 4, 5, 6, 7, 8, 9].map((d) => `UNION ALL SELECT ${d}`).join(' ')})`;
  const names = await house.sql(
    `SELECT COLUMN_NAME AS name FROM information_schema.COLUMNS
      WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'ratings_rating'`,
  );
  const columns = names.map(({ name }) => String(name));
  const made: Record<string, string> = {
    id: `UNHEX(CONCAT(LEFT(?, 24), LPAD(HEX(n), 8, '0')))`,
    once_key: `UNHEX(LEFT(SHA2(CONCAT(?, n), 256), 32))`,
    state: `'withdrawn'`,
    kind: `'bound'`,
  };
  await house.sql(
    `INSERT INTO ratings_rating (${columns.join()})
      SELECT ${columns.map((name) => made[name] ?? `r.${name}`).join()} FROM
        (SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d AS n
          FROM ${digits} a, ${digits} b, ${digits} c, ${digits} e) numbers
        JOIN (SELECT * FROM ratings_rating WHERE subject_id = ? ORDER BY id LIMIT 1) r
      WHERE n < ${count}`,
    ...columns.flatMap((name) =>
      name === 'id' || name === 'once_key' ? [newId().replaceAll('-', '')] : [],
    ),
    idToBinary(subjectId),
  );
}
