import path from 'node:path';
import { openDatabase } from '@ddp/db-kit/database';
import { createTestSchema } from '@ddp/testing/database';
import { runMigrationsTwice } from '@ddp/testing/migrations';
import { CompiledQuery, type Kysely } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { NoticesDatabase } from '../src/database.ts';
import { boardInvariants } from '../src/store/audit-board.ts';

const folder = path.join(import.meta.dirname, '../migrations');

let db: Kysely<NoticesDatabase>;
const sql = async (text: string) => {
  const { rows } = await db.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text));
  return rows;
};
const binary = (number: number) => `X'${number.toString(16).padStart(32, '0')}'`;

/** An entry in the form it had at first, with an objection for each state. */
async function plantEntry(number: number, state: string, objections: string[]): Promise<void> {
  const reason = state === 'withdrawn' ? "'信息有误'" : 'NULL';
  await sql(`INSERT INTO notices_entry (id, reference, area_path, title, text, from_on, to_on, state,
      withdrawal_reason, created_at)
    VALUES (${binary(number)}, 'GS2026-${number}', '/1506/', '公示', '公示', '2026-11-02',
      '2026-11-06', '${state}', ${reason}, '2026-11-01 17:00:00')`);
  for (const [index, one] of objections.entries()) {
    const person = `${binary(100 + index)}, ${one === 'open' ? 'NULL' : binary(7)}`;
    await sql(`INSERT INTO notices_objection
        (id, entry_id, person_id, answered_by, text, state, submitted_at)
      VALUES (${binary(number * 10 + index)}, ${binary(number)}, ${person}, '异议', '${one}',
        '2026-11-03')`);
  }
}

beforeAll(async () => {
  const { url } = await createTestSchema();
  db = openDatabase<NoticesDatabase>({ url, poolSize: 2 });
  await runMigrationsTwice(db, folder, { from: 1, to: 6 });
  await plantEntry(1, 'published', []);
  await plantEntry(2, 'published', ['rejected', 'open']);
  await plantEntry(3, 'published', ['upheld', 'open']);
  await plantEntry(4, 'withdrawn', ['upheld']);
  await runMigrationsTwice(db, folder, { from: 7, to: 9_999 });
});
afterAll(async () => {
  await db?.destroy();
});

it('says of the entries so far how they ended, and counts their objections', async () => {
  expect(
    await sql(`SELECT state, outcome, objections, open_objections FROM notices_entry ORDER BY id`),
  ).toEqual([
    { state: 'published', outcome: null, objections: 0, open_objections: 0 },
    { state: 'published', outcome: null, objections: 2, open_objections: 1 },
    { state: 'closed', outcome: 'objection-upheld', objections: 2, open_objections: 1 },
    { state: 'withdrawn', outcome: 'withdrawn', objections: 1, open_objections: 0 },
  ]);
  for (const { name, sql: text } of boardInvariants) {
    expect({ name, rows: await sql(text) }).toEqual({ name, rows: [] });
  }
});
