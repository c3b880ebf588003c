import { inspect } from 'node:util';
import { createTestDatabase } from '@ddp/testing/database';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from './store-fixture.ts';

/** Words of a person, with quotes and the server's own words in them. */
const marked = "marked ' for key 'x' at line of 张三";

let db: Kysely<object>;
beforeAll(async () => {
  db = await createTestDatabase<object>();
  await run(
    db,
    `CREATE TABLE kit_person (name VARCHAR(200) NOT NULL, short VARCHAR(3), age INT, born DATE,
      UNIQUE KEY kit_person_name (name)) DEFAULT CHARSET utf8mb4`,
  );
  await run(db, 'INSERT INTO kit_person (name) VALUES (?)', marked);
});
afterAll(() => db.destroy());

const faults: [number, string, string][] = [
  [1062, 'INSERT INTO kit_person (name) VALUES (?)', 'kit_person_name'],
  [1406, "INSERT INTO kit_person (name, short) VALUES ('n', ?)", 'short'],
  [1366, "INSERT INTO kit_person (name, age) VALUES ('n', ?)", 'age'],
  [1292, "INSERT INTO kit_person (name, born) VALUES ('n', ?)", 'born'],
  [1292, 'UPDATE kit_person SET age = 1 WHERE age = 1 + CAST(? AS DOUBLE)', 'DOUBLE'],
  [1064, 'SELECT ? FROM WHERE ?', 'syntax'],
  [1054, 'SELECT nothing FROM kit_person WHERE name = ?', 'nothing'],
  [
    1213,
    "SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'planted' -- ?",
    'planted',
  ],
];

/** Everything that a logger, a dead letter or a person at a terminal could see of an error. */
function seeAll(error: unknown): string {
  const { message, stack } = error as Error;
  return [message, stack, inspect(error, { depth: 9, showHidden: true })].join('\n');
}

describe('an error of the database', () => {
  it.each(faults)('%i tells none of the statement’s values: %s', async (errno, statement, word) => {
    // A statement that only reads must meet a row for its value to be looked at.
    await run(db, "INSERT IGNORE INTO kit_person (name, age) VALUES ('one', 1)");
    const values = [...statement.matchAll(/\?/g)].map(() => marked);
    const error = await run(db, statement, ...values).catch((fault: unknown) => fault);
    if (errno !== 1292 || error instanceof Error) {
      expect(error).toMatchObject({ errno, phase: 'body' });
      expect((error as Error).message).toContain(word);
    }
    expect(seeAll(error)).not.toMatch(/marked|张三/);
    expect(error).not.toHaveProperty('sql');
  });

  it('met while rows stream tells none of them either', async () => {
    const query = db.getExecutor();
    const stream = async () => {
      const compiled = { sql: 'SELECT ? FROM kit_nothing', parameters: [marked] };
      const rows = query.stream(
        { ...compiled, query: { kind: 'RawNode' }, queryId: { queryId: 'kit' } } as never,
        100,
      );
      for await (const _row of rows);
    };
    const error = await stream().catch((fault: unknown) => fault);
    expect(error).toMatchObject({ errno: 1146 });
    expect(seeAll(error)).not.toMatch(/marked|张三/);
  });
});
