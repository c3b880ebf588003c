import { rewriteAreaPaths } from '@ddp/db-kit/area-paths';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore, run } from './store-fixture.ts';

let db: Kysely<object>;
const oldPath = '/1506/150603/150603001/';
const newPath = '/1506/150602/150603001/';

beforeAll(async () => {
  ({ db } = await openStore());
  await run(
    db,
    `CREATE TABLE kit_home (id INT AUTO_INCREMENT PRIMARY KEY,
      area_path VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NULL)`,
  );
  const below = Array.from({ length: 2_500 }, (_, index) => `('${oldPath}${1000 + index}/')`);
  await run(db, `INSERT INTO kit_home (area_path) VALUES ${below.join(',')}`);
  const others = `('${oldPath}'), ('/1506/150603/'), ('/1506/150603/1506030011/'), (NULL)`;
  await run(db, `INSERT INTO kit_home (area_path) VALUES ${others}`);
});
afterAll(() => db?.destroy());

const countUnder = async (path: string) =>
  (await run(db, `SELECT 1 FROM kit_home WHERE area_path LIKE '${path}%'`)).length;

it('carries every row of a subtree along in several transactions, and no other, however often', async () => {
  await rewriteAreaPaths(db, 'kit_home', { oldPath, newPath });
  expect([await countUnder(oldPath), await countUnder(newPath)]).toEqual([0, 2_501]);
  await rewriteAreaPaths(db, 'kit_home', { oldPath, newPath });
  const rest = await run(
    db,
    `SELECT area_path FROM kit_home WHERE area_path NOT LIKE '${newPath}%'
      OR area_path IS NULL ORDER BY id`,
  );
  expect(rest.map((row) => row.area_path)).toEqual([
    '/1506/150603/',
    '/1506/150603/1506030011/',
    null,
  ]);
});

it('goes on where a part of the rows had come already', async () => {
  await run(
    db,
    `UPDATE kit_home SET area_path = REPLACE(area_path, '150602', '150603') LIMIT 1200`,
  );
  expect(await countUnder(oldPath)).toBe(1_200);
  await rewriteAreaPaths(db, 'kit_home', { oldPath, newPath });
  expect([await countUnder(oldPath), await countUnder(newPath)]).toEqual([0, 2_501]);
});
