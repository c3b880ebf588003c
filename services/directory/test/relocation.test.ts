import {
  areaMoved,
  postChanged,
  programmeChanged,
  subjectChanged,
} from '@ddp/contracts/directory/events';
import { createGrid } from '@ddp/contracts/directory/grid-routes';
import {
  listRelocations,
  mergeArea,
  moveArea,
  readAreaHistory,
} from '@ddp/contracts/directory/relocation-routes';
import {
  createPost,
  createSubject,
  createUnit,
  importAreas,
  listAreas,
  listProgrammes,
  listSubjects,
  readArea,
  readPost,
  readSubject,
  startProgramme,
} from '@ddp/contracts/directory/routes';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { anonymous, personAs, serviceAs } from '@ddp/testing/principals';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stepRelocation } from '../src/operations/follow-relocation.ts';
import { isBeingFollowed } from '../src/store/relocations.ts';
import { areas, community, type House, openHouse, township } from './house.ts';

const moved = '/1506/150602/150603001/';
const movedCommunity = `${moved}150603001001/`;
const city = personAs('city-officer', { areaPaths: ['/1506/'] });
const service = serviceAs('codes');

let house: House;
/** Without sweeps: a test takes each step itself. */
const open = async () => {
  house = await openHouse({ environment: { DDP_ROLE: 'http' } });
  await house.plantAreas();
};
beforeEach(open);
afterEach(async () => {
  expect(await house?.audit()).toEqual([]);
  await house?.stop();
});

const step = (limit?: number) =>
  stepRelocation(
    {
      store: { db: house.db, prefix: 'directory', clock: house.clock, onCommit: () => {} },
    } as never,
    limit,
  );
async function follow(limit?: number): Promise<void> {
  while (await step(limit));
}
/** Every service has done what it was told. */
const acknowledge = () => house.sql('UPDATE directory_outbox SET state = 2, done_at = created_at');
async function finish(): Promise<void> {
  await follow();
  house.clock.advanceMs(61_000);
  await step();
  await acknowledge();
  await step();
}

const reason = '旗区行政区划调整';
const move = (
  code: string,
  newParentCode: string,
  principal = house.administrator,
  key = newId(),
) => house.call(moveArea, { params: { code }, body: { newParentCode, reason } }, principal, key);
const merge = (code: string, intoCode: string) =>
  house.call(mergeArea, { params: { code }, body: { intoCode, reason } }, house.administrator);
const hire = (areaCode = '150603001001', name = '萨仁') => {
  const body = { kind: 'worker' as const, name, unitId: null, areaCode, personId: newId() };
  return house.call(createSubject, { body }, city);
};
const appoint = (areaCode = '150603001001') => {
  const body = { personId: newId(), role: 'grid-worker' as const, unitId: null, areaCode };
  return house.call(createPost, { body: { ...body, fromOn: '2026-01-01', toOn: null } }, city);
};
const area = (code: string) => house.call(readArea, { params: { code } }, anonymous);
const subject = (id: string) => house.call(readSubject, { params: { id } }, service);
const post = (id: string) => house.call(readPost, { params: { id } }, service);
const states = async () =>
  (await house.call(listRelocations, {}, house.reader)).items.map(({ state }) => state);

describe('moving a township', () => {
  it('takes everything under it along, and tells whoever keeps a copy', async () => {
    const worker = await hire();
    const officer = await appoint();
    const unit = { name: '滨河社工站', kind: 'station' as const, areaCode: '150603001' };
    await house.call(createUnit, { body: unit }, city);
    const grid = { communityCode: '150603001001', number: '001', name: '一', households: 400 };
    const { code } = await house.call(createGrid, { body: grid }, city);
    const other = await hire('150602001001');
    const relocation = await move('150603001', '150602');
    expect(relocation).toMatchObject({ oldPath: township, newPath: moved, state: 'rewriting' });
    expect(await area('150603001')).toMatchObject({ areaPath: moved, parentCode: '150602' });
    expect((await area(code)).areaPath).toBe(`${movedCommunity}${code}/`);
    expect(await house.audit()).toEqual([]);
    await follow();
    expect(await subject(worker.id)).toMatchObject({ areaPath: movedCommunity, version: 2 });
    expect(await post(officer.id)).toMatchObject({ areaPath: movedCommunity, version: 2 });
    expect(await subject(other.id)).toMatchObject({ version: 1 });
    const units = await house.sql('SELECT area_path FROM directory_unit');
    expect(units).toEqual([{ area_path: moved }]);
    const told = { areaCode: '150603001', oldPath: township, newPath: moved };
    expect(await house.sent(areaMoved)).toEqual([{ ...told, round: 'first' }]);
    expect((await house.sent(subjectChanged)).slice(-1)).toEqual([{ subjectId: worker.id }]);
    expect((await house.sent(postChanged)).slice(-1)).toEqual([{ postId: officer.id }]);
    expect(await house.audited('move-area')).toBe(1);
  });

  it('is readable afterwards: what each area was, and until when', async () => {
    await move('150603001', '150602');
    const history = async (code: string) =>
      (await house.call(readAreaHistory, { params: { code } }, anonymous)).items;
    const was = { areaPath: township, parentCode: '150603', change: 'moved', reason };
    expect(await history('150603001')).toMatchObject([was]);
    expect(await history('150603001001')).toMatchObject([{ areaPath: community, change: 'moved' }]);
    expect(await history('150602')).toEqual([]);
    await follow();
  });

  it('goes on wherever it was cut off, and is whole in between', async () => {
    for (let index = 0; index < 5; index += 1) await hire(undefined, `社工${index}`);
    for (let index = 0; index < 3; index += 1) await appoint();
    await move('150603001', '150602');
    const left = async () => {
      const query = { areaCode: '150603001001' };
      return 5 - (await house.call(listSubjects, { query }, city)).items.length;
    };
    const seen: number[] = [];
    for (let chunk = 0; chunk < 2; chunk += 1) {
      expect(await step(2)).toBe(true);
      expect(await house.audit()).toEqual([]);
      seen.push(await left());
    }
    expect(seen).toEqual([3, 1]);
    // Several processes may take steps at once.
    await Promise.all([follow(2), follow(2), follow(1)]);
    expect(await left()).toBe(0);
    const versions = await house.sql('SELECT DISTINCT version FROM directory_subject');
    expect(versions).toEqual([{ version: 2 }]);
  });

  it('finds what is put in while it happens', async () => {
    const added = Promise.all(
      Array.from({ length: 12 }, (_, index) => hire(undefined, `甲${index}`)),
    );
    const [workers] = await Promise.all([added, move('150603001', '150602')]);
    await follow();
    for (const { id } of workers) expect((await subject(id)).areaPath).toBe(movedCommunity);
  });

  it('happens once for one key', async () => {
    const key = newId();
    const [one, again] = await Promise.all([
      move('150603001', '150602', house.administrator, key),
      move('150603001', '150602', house.administrator, key),
    ]);
    expect(one.id).toBe(again.id);
    expect(await house.sent(areaMoved)).toHaveLength(1);
    await follow();
  });

  it('is refused in a circle, to the wrong level, to a closed area, and to whoever may not', async () => {
    const refused = (attempt: Promise<unknown>, slug: string) =>
      expect(attempt).rejects.toMatchObject({ slug });
    await refused(move('150603', '150603001'), 'area-inside-itself');
    await refused(move('150603001', '1506'), 'parent-level-does-not-fit');
    await refused(move('150603001001', '150602'), 'parent-level-does-not-fit');
    await refused(move('150603001', '150603'), 'parent-unchanged');
    await refused(move('150603001', '999999'), 'unknown-area');
    await refused(move('999999', '150602'), 'not-found');
    await refused(move('150603001', '150602', house.officer), 'forbidden');
    await house.sql("UPDATE directory_area SET state = 'closed' WHERE code = '150602002'");
    await refused(move('150603001001', '150602002'), 'area-closed');
    expect(await house.sql('SELECT 1 FROM directory_relocation')).toEqual([]);
    await house.sql("UPDATE directory_area SET state = 'open' WHERE code = '150602002'");
  });
});

describe('one change of areas after another', () => {
  it('begins when the last was followed everywhere, and never before', async () => {
    await move('150603001', '150602');
    const next = () => move('150602001', '150603');
    const refused = () => expect(next()).rejects.toMatchObject({ slug: 'relocation-under-way' });
    await refused();
    await follow();
    expect(await states()).toEqual(['settling']);
    house.clock.advanceMs(50_000);
    await step();
    expect(await states()).toEqual(['settling']);
    house.clock.advanceMs(11_000);
    await step();
    expect(await states()).toEqual(['announced']);
    expect((await house.sent(areaMoved)).map(({ round }) => round)).toEqual(['first', 'last']);
    await step();
    await refused();
    await house.sql("UPDATE directory_outbox SET state = 3 WHERE consumer = 'rewards'");
    await house.sql("UPDATE directory_outbox SET state = 2 WHERE consumer <> 'rewards'");
    await step();
    await refused();
    await acknowledge();
    await step();
    expect(await states()).toEqual(['done']);
    await next();
    await follow();
  });

  it('asks who follows without reading the events that are done', async () => {
    await move('150603001', '150602');
    await acknowledge();
    const digits = `(${Array.from({ length: 10 }, (_, d) => `SELECT ${d} AS d`).join(' UNION ALL ')})`;
    await house.sql(
      `INSERT INTO directory_outbox (id, consumer, event_name, payload, request_id, state,
          generation, available_at, published_at, done_at, created_at)
        SELECT UNHEX(CONCAT('0195512c00007000', LPAD(HEX(a.d + 10 * b.d + 100 * c.d + 1000 * e.d), 16, '0'))),
          'codes', ?, '{}', 'test', 2, 0, NOW(3), NOW(3), NOW(3), NOW(3)
        FROM ${digits} AS a, ${digits} AS b, ${digits} AS c, ${digits} AS e`,
      areaMoved.name,
    );
    await house.sql('ANALYZE TABLE directory_outbox');
    const read = await house.db.connection().execute(async (db) => {
      const countReads = async () => {
        const status = sql<{ Value: string }>`SHOW SESSION STATUS LIKE 'Handler_read%'`;
        const { rows } = await status.execute(db);
        return rows.reduce((sum, row) => sum + Number(row.Value), 0);
      };
      const before = await countReads();
      expect(await isBeingFollowed(db, areaMoved.name)).toBe(false);
      return (await countReads()) - before;
    });
    expect(read).toBeLessThan(1_000);
    await house.sql("UPDATE directory_outbox SET state = 1 WHERE request_id = 'test' LIMIT 1");
    expect(await isBeingFollowed(house.db, areaMoved.name)).toBe(true);
  });

  it('brings an area back, and the rows with it', async () => {
    const worker = await hire();
    await move('150603001', '150602');
    await finish();
    await move('150603001', '150603');
    await finish();
    expect((await subject(worker.id)).areaPath).toBe(community);
    const page = await house.call(readAreaHistory, { params: { code: '150603001' } }, anonymous);
    expect(page.items.map(({ areaPath }) => areaPath)).toEqual([moved, township]);
    expect(await states()).toEqual(['done', 'done']);
  });
});

describe('merging an area', () => {
  it('closes it, lets everything go on in the other, and old codes still lead there', async () => {
    const worker = await hire('150603001002');
    const officer = await appoint('150603001002');
    const grid = { communityCode: '150603001002', number: '07', name: '七', households: 1 };
    const { code } = await house.call(createGrid, { body: grid }, city);
    await merge('150603001002', '150603001001');
    expect(await area('150603001002')).toMatchObject({
      ...{ state: 'merged', mergedInto: '150603001001', areaPath: `${township}150603001002/` },
    });
    expect(await area(code)).toMatchObject({ parentCode: '150603001001', state: 'open' });
    const query = { parentCode: '150603001' };
    const open = await house.call(listAreas, { query }, anonymous);
    expect(open.items.map((one) => one.code)).toEqual(['150603001001']);
    await follow();
    expect(await subject(worker.id)).toMatchObject({ areaName: '滨河社区', areaPath: community });
    expect(await post(officer.id)).toMatchObject({ areaPath: community });
    await expect(hire('150603001002')).rejects.toMatchObject({
      ...{ slug: 'area-closed', document: { mergedInto: '150603001001' } },
    });
    const { items } = await house.call(
      readAreaHistory,
      { params: { code: '150603001002' } },
      anonymous,
    );
    expect(items).toMatchObject([{ change: 'merged', name: '景观社区' }]);
  });

  it('is refused for areas of two levels and for a merged one', async () => {
    await expect(merge('150603001002', '150603001')).rejects.toMatchObject({
      slug: 'parent-level-does-not-fit',
    });
    await merge('150603001002', '150603001001');
    await finish();
    await expect(merge('150603001002', '150602001001')).rejects.toMatchObject({
      slug: 'area-closed',
    });
    await expect(merge('150603001001', '150603001002')).rejects.toMatchObject({
      slug: 'area-closed',
    });
  });
});

describe('a programme', () => {
  const start = (areaCode: string) =>
    house.call(startProgramme, { body: { areaCode, name: '品德积分' } }, house.administrator);

  it('goes along with its own area, and its subjects stay with it', async () => {
    const own = await start('150603001');
    await start('150602');
    const worker = await hire();
    expect(worker.programmeId).toBe(own.id);
    await move('150603001', '150602');
    await follow();
    const { items } = await house.call(listProgrammes, {}, anonymous);
    expect(items.find(({ id }) => id === own.id)?.areaPath).toBe(moved);
    expect((await subject(worker.id)).programmeId).toBe(own.id);
    expect((await house.sent(programmeChanged)).slice(-1)).toEqual([{ programmeId: own.id }]);
  });

  it('is not changed over the heads of people', async () => {
    await start('150603');
    await expect(move('150603001', '150602')).rejects.toMatchObject({ slug: 'programme-conflict' });
    await start('150602');
    await expect(move('150603001', '150602')).rejects.toMatchObject({ slug: 'programme-conflict' });
    await expect(merge('150602001', '150603001')).rejects.toMatchObject({
      slug: 'programme-conflict',
    });
  });

  it('takes in those who had none', async () => {
    const there = await start('150602');
    const worker = await hire();
    expect(worker.programmeId).toBeNull();
    await move('150603001', '150602');
    await follow();
    expect((await subject(worker.id)).programmeId).toBe(there.id);
  });
});

it('an import of the official table leaves a moved area where it is, and adds under it there', async () => {
  await move('150603001', '150602');
  await follow();
  const fresh = { code: '150603001003', name: '新社区', level: 'community' as const };
  const table = [...areas, { ...fresh, parentCode: '150603001' }];
  const counts = await house.call(importAreas, { body: { areas: table } }, house.administrator);
  expect(counts).toEqual({ added: 1, renamed: 0 });
  expect((await area('150603001003')).areaPath).toBe(`${moved}150603001003/`);
  await house.sql(
    "UPDATE directory_relocation SET state = 'done', under_way = NULL, finished_at = started_at",
  );
  await merge('150603001003', '150603001001');
  await follow();
  const under = { code: '150603001003001', name: '网格', level: 'grid' as const };
  const orphan = [...areas, { ...under, parentCode: '150603001003' }];
  await expect(
    house.call(importAreas, { body: { areas: orphan } }, house.administrator),
  ).rejects.toMatchObject({ slug: 'orphan-area' });
});

it('is carried on by the sweep of whichever process runs it', async () => {
  const { prefix } = house;
  const worker = await hire();
  await move('150603001', '150602');
  await house.stop();
  house = await openHouse({ environment: { DATABASE_PREFIX: prefix } });
  await eventually(async () => (await subject(worker.id)).areaPath === movedCommunity);
});
