import { listShownRatings } from '@ddp/contracts/ratings/own-routes';
import { idToBinary } from '@ddp/db-kit/ids';
import { createLog } from '@ddp/service-kit/log';
import { personAs } from '@ddp/testing/principals';
import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDiscloser } from '../src/operations/disclose-ratings.ts';
import { listShown } from '../src/store/ratings.ts';
import { type House, openHouse } from './house.ts';
import { plantWithdrawn } from './telling.ts';

let house: House;
beforeAll(async () => {
  // No sweep: a test says when one runs.
  house = await openHouse({ DDP_ROLE: 'http' });
});
afterAll(() => house.stop());

/** How many rows a reading looks at. */
function countReads(work: (db: House['db']) => Promise<unknown>): Promise<number> {
  return house.db.connection().execute(async (db) => {
    const read = async () => {
      const query = CompiledQuery.raw("SHOW SESSION STATUS LIKE 'Handler_read%'");
      const { rows } = await db.executeQuery<{ Value: string }>(query);
      return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
    };
    const before = await read();
    await work(db);
    return (await read()) - before;
  });
}

it('a page of what is shown looks at no more rows in a subject of many ratings', async () => {
  const token = house.addCode();
  const subjectId = house.subjectOf(token);
  const personId = house.scanOf(token).subjectPersonId ?? '';
  await house.rate(token, personAs('resident'), { isNamed: true });
  await plantWithdrawn(house, subjectId, 3_000);
  await house.sql(
    "UPDATE ratings_rating SET state = 'counted' WHERE subject_id = ?",
    idToBinary(subjectId),
  );
  // Of every class, and each of them among the newest.
  for (const [index, raterClass] of ['verified', 'guest', 'assisted'].entries()) {
    await house.sql(
      'UPDATE ratings_rating SET rater_class = ? WHERE subject_id = ? AND MOD(CONV(RIGHT(HEX(id), 4), 16, 10), 3) = ?',
      ...[raterClass, idToBinary(subjectId), index],
    );
  }
  const whole = await house.sql(
    'SELECT LOWER(HEX(id)) AS id FROM ratings_rating WHERE subject_id = ? ORDER BY id DESC',
    idToBinary(subjectId),
  );
  for (const asked of [subjectId, undefined]) {
    const filter = { subjectId: asked, personId, unitIds: [] };
    const seen: string[] = [];
    for (let before: string | null = null; seen.length < 60; ) {
      const rows = await listShown(house.db, filter, { before }, 20);
      const ids = rows.slice(0, 20).map(({ view }) => view.id);
      seen.push(...ids);
      before = ids.at(-1) ?? null;
    }
    expect(seen.map((id) => id.replaceAll('-', ''))).toEqual(
      whole.slice(0, 60).map(({ id }) => id),
    );
    const last = seen.at(-1) ?? '';
    const reads = await countReads((db) => listShown(db, filter, { before: last }, 20));
    expect(reads).toBeLessThan(400);
  }
  const worker = personAs('resident', { personId });
  const page = await house.call(listShownRatings, { query: { subjectId, limit: 20 } }, worker);
  expect(page.items).toHaveLength(20);
  expect(page.nextCursor).not.toBeNull();
});

it('ratings that stay hidden hold up none behind them, over pages and runs', async () => {
  for (let count = 0; count < 5; count += 1) {
    await house.rate(house.addCode(), personAs('resident'), { level: 1 });
  }
  const ordered = await house.sql(
    'SELECT id, rating_id FROM ratings_follow_up ORDER BY subject_id, id',
  );
  expect(ordered).toHaveLength(5);
  const name = (index: number) =>
    house.sql('UPDATE ratings_rating SET is_named = 1 WHERE id = ?', ordered[index]?.rating_id);
  const disclosed = async () => {
    const rows = await house.sql(
      'SELECT id FROM ratings_follow_up WHERE disclosed_at IS NOT NULL ORDER BY subject_id, id',
    );
    return rows.map(({ id }) => ordered.findIndex((one) => String(one.id) === String(id)));
  };
  await name(4);
  const { db, clock } = house;
  const deps = {
    store: { db, clock, prefix: 'ratings', onCommit: () => {} },
    log: createLog('silent'),
  };
  const run = createDiscloser(deps, { pageSize: 2, pagesPerRun: 1 });
  await run();
  await run();
  expect(await disclosed()).toEqual([]);
  await run();
  expect(await disclosed()).toEqual([4]);
  // Behind the end it begins anew; one run may take several pages.
  await name(3);
  await createDiscloser(deps, { pageSize: 2, pagesPerRun: 2 })();
  expect(await disclosed()).toEqual([3, 4]);
});
