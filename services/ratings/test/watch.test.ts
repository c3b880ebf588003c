import { postChanged } from '@ddp/contracts/directory/events';
import type { Principal } from '@ddp/contracts/principal';
import { decideCase, listCaseRatings, listCases } from '@ddp/contracts/ratings/case-routes';
import { binaryToId, idToBinary, newId } from '@ddp/db-kit/ids';
import { createLog } from '@ddp/service-kit/log';
import { eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RatingsDeps } from '../src/deps.ts';
import type { WatchLimits } from '../src/domain/watch.ts';
import { lapseCases } from '../src/operations/decide-case.ts';
import { createWatcher } from '../src/operations/watch-ratings.ts';
import { type House, openHouse } from './house.ts';
import { dayMs, plantWithdrawn } from './telling.ts';

let house: House;
beforeAll(async () => {
  const limits = { RATINGS_BURST_RATINGS: '8', RATINGS_DEVICE_ACCOUNTS: '4' };
  house = await openHouse(limits, { startAt: new Date('2026-11-02T02:00:00.000Z') });
});
afterAll(async () => {
  expect(await house.audit()).toEqual([]);
  await house.stop();
});

/** An area of its own, so that a test sees its own cases alone. */
function newPlace() {
  const areaPath = `/1506/150603/${150_603_000 + Math.floor(Math.random() * 100_000)}/`;
  const { programmeId } = house;
  return {
    areaPath,
    officer: personAs('community-officer', { areaPaths: [areaPath], programmeId }),
  };
}

/** The sweeps of the service, at the hand of a test. */
const log = createLog('silent');
let deps: Pick<RatingsDeps, 'store' | 'log'>;
beforeAll(() => {
  const { db, clock } = house;
  deps = { store: { db, clock, prefix: 'ratings', onCommit: () => {} }, log };
});
const watcher = (limits: Partial<WatchLimits> = {}) =>
  createWatcher({
    ...deps,
    watchLimits: { burstRatings: 1_000, burstMinutes: 10, deviceAccounts: 1_000, ...limits },
  });

const casesOf = async (officer: Principal) => (await house.call(listCases, {}, officer)).items;
const untilListed = (officer: Principal) =>
  eventually(async () => {
    const items = await casesOf(officer);
    return items.length > 0 && items;
  });
const told = async (name: string) => {
  const rows = await house.sql('SELECT payload FROM ratings_outbox WHERE event_name = ?', name);
  return rows.map((row) => JSON.parse(String(row.payload)) as { ratingIds: string[] });
};

describe('what is put on the list', () => {
  it('is many ratings of one subject from one network within minutes, and nothing slower', async () => {
    const { areaPath, officer } = newPlace();
    const token = house.addCode({ areaPath });
    const slow = house.addCode({ areaPath });
    const network = newId().slice(0, 22);
    const rate = (code: string) => house.rate(code, personAs('resident', { network }));
    for (let count = 0; count < 7; count += 1) await rate(slow);
    house.clock.advanceMs(11 * 60_000);
    for (let count = 0; count < 7; count += 1) await rate(slow);
    const ratings = await Promise.all(Array.from({ length: 8 }, () => rate(token)));
    const [found, ...others] = await untilListed(officer);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ pattern: 'burst', ratings: 8, state: 'open' });
    const listed = await house.call(listCaseRatings, { params: { id: found?.id ?? '' } }, officer);
    expect(listed.items.map(({ id }) => id).sort()).toEqual(ratings.map(({ id }) => id).sort());
    expect(listed.items.every(({ state }) => state === 'counted')).toBe(true);
    // Five working days from Monday are over at the end of the next one.
    expect(found?.dueAt).toBe('2026-11-09T16:00:00.000Z');
    const events = await told('ratings.ratings-listed');
    expect(events.flatMap(({ ratingIds }) => ratingIds).sort()).toEqual(
      expect.arrayContaining(ratings.map(({ id }) => id)),
    );
  });

  it('is a burst also where the sweep comes late, counted from where the last one began', async () => {
    const { areaPath, officer } = newPlace();
    const watch = watcher({ burstRatings: 3, burstMinutes: 5 });
    await watch();
    for (let round = 1; round <= 2; round += 1) {
      const network = newId().slice(0, 22);
      const token = house.addCode({ areaPath });
      for (let count = 0; count < 3; count += 1) {
        await house.rate(token, personAs('resident', { network }));
      }
      house.clock.advanceMs(40 * 60_000);
      await watch();
      expect(await casesOf(officer)).toHaveLength(round);
    }
  });

  it('is told of whole, and cleared whole, however many ratings it has', async () => {
    const { areaPath, officer } = newPlace();
    const token = house.addCode({ areaPath });
    const subjectId = house.subjectOf(token);
    await house.rate(token);
    await plantWithdrawn(house, subjectId, 2_100);
    await house.sql(
      `INSERT INTO ratings_signal (rating_id, subject_id, person_id, network, rated_at)
        SELECT id, subject_id, person_id, UNHEX(REPEAT('a', 32)), rated_at FROM ratings_rating
        WHERE subject_id = ?`,
      idToBinary(subjectId),
    );
    const [found] = await untilListed(officer);
    expect(found).toMatchObject({ pattern: 'burst', ratings: 2_101 });
    const ids = await house.sql(
      'SELECT id FROM ratings_rating WHERE subject_id = ?',
      idToBinary(subjectId),
    );
    const own = new Set(ids.map(({ id }) => binaryToId(id as Buffer)));
    const toldOf = async (name: string) => {
      const events = await told(name);
      return events.flatMap(({ ratingIds }) => ratingIds.filter((id) => own.has(id)));
    };
    expect(new Set(await toldOf('ratings.ratings-listed')).size).toBe(2_101);
    const body = { decision: 'harmless' as const, words: '同一单位集中评价' };
    await house.call(decideCase, { params: { id: found?.id ?? '' }, body }, officer);
    expect(new Set(await toldOf('ratings.ratings-cleared')).size).toBe(2_101);
  });

  it('is many people on one device within a day', async () => {
    const { areaPath, officer } = newPlace();
    const deviceId = newId();
    for (let count = 0; count < 4; count += 1) {
      await house.rate(house.addCode({ areaPath }), personAs('resident', { deviceId }));
    }
    const [found] = await untilListed(officer);
    expect(found).toMatchObject({ pattern: 'device', ratings: 4 });
  });

  it('is two people who rate each other', async () => {
    const { areaPath, officer } = newPlace();
    const [a, b] = [personAs('resident'), personAs('resident')];
    await house.rate(house.addCode({ areaPath, subjectPersonId: b.personId }), a);
    await house.rate(house.addCode({ areaPath, subjectPersonId: a.personId }), b);
    const [found] = await untilListed(officer);
    expect(found).toMatchObject({ pattern: 'pair', ratings: 2 });
    const body = { decision: 'harmless' as const, words: '互为邻里' };
    await house.call(decideCase, { params: { id: found?.id ?? '' }, body }, officer);
    // What was looked at is not listed again on another day.
    house.clock.advanceMs(dayMs);
    await watcher()();
    expect(await casesOf(officer)).toHaveLength(1);
  });

  it('is who turns out to serve in the unit that they rated', async () => {
    const { areaPath, officer } = newPlace();
    const unitId = newId();
    const worker = personAs('resident');
    await house.rate(house.addCode({ areaPath }, { unitId }), worker);
    const post = house.addPost(worker.personId, unitId);
    await house.tell(postChanged, { postId: post.id }, 'directory');
    const [found] = await untilListed(officer);
    expect(found).toMatchObject({ pattern: 'own-unit', ratings: 1 });
  });
});

describe('a case', () => {
  const openOne = async () => {
    const place = newPlace();
    const deviceId = newId();
    for (let count = 0; count < 4; count += 1) {
      const code = house.addCode({ areaPath: place.areaPath });
      await house.rate(code, personAs('resident', { deviceId }));
    }
    const [found] = await untilListed(place.officer);
    return { ...place, id: found?.id ?? '' };
  };
  const body = { decision: 'harmless' as const, words: '养老院共用一部手机' };

  it('is decided once, by an officer of the area, with words and an audit row', async () => {
    const { officer, id } = await openOne();
    const decide = (principal: Principal, key = newId()) =>
      house.call(decideCase, { params: { id }, body }, principal, key);
    const stranger = personAs('community-officer', { areaPaths: ['/1506/150602/'] });
    await expect(decide(stranger)).rejects.toMatchObject({ slug: 'not-found' });
    await expect(decide(personAs('resident'))).rejects.toMatchObject({ slug: 'forbidden' });
    const params = { id };
    await expect(house.call(listCaseRatings, { params }, stranger)).rejects.toMatchObject({
      slug: 'not-found',
    });
    const key = newId();
    const decided = await decide(officer, key);
    expect(decided).toMatchObject({ state: 'harmless', decidedByRole: 'community-officer' });
    expect(await decide(officer, key)).toEqual(decided);
    await expect(decide(officer)).rejects.toMatchObject({ slug: 'rating-decided' });
    const acts = await house.sql('SELECT action FROM ratings_audit WHERE object_id = ?', id);
    expect(acts).toEqual([{ action: 'decide-case' }]);
    expect((await told('ratings.ratings-cleared')).length).toBeGreaterThan(0);
  });

  it('shows an officer no rating of another area', async () => {
    const [own, other] = [newPlace(), newPlace()];
    const deviceId = newId();
    for (const { areaPath } of [own, other, own, other]) {
      await house.rate(house.addCode({ areaPath }), personAs('resident', { deviceId }));
      house.clock.advanceMs(1_000);
    }
    const [found] = await untilListed(own.officer);
    const params = { id: found?.id ?? '' };
    const { items } = await house.call(listCaseRatings, { params }, own.officer);
    expect(items.map(({ areaPath }) => areaPath)).toEqual([own.areaPath, own.areaPath]);
    const all = personAs('city-officer', { areaPaths: ['/1506/'], programmeId: house.programmeId });
    expect((await house.call(listCaseRatings, { params }, all)).items).toHaveLength(4);
  });

  it('that cannot be ended holds up no other', async () => {
    const [first, second] = [await openOne(), await openOne()];
    const stuck = first.id.replaceAll('-', '');
    await house.sql(
      `ALTER TABLE ratings_case ADD CONSTRAINT stuck
        CHECK (id <> UNHEX('${stuck}') OR state <> 'lapsed')`,
    );
    house.clock.advanceMs(8 * dayMs);
    await lapseCases(deps);
    const stateOf = async ({ officer, id }: typeof first) =>
      (await casesOf(officer)).find((one) => one.id === id)?.state;
    expect([await stateOf(first), await stateOf(second)]).toEqual(['open', 'lapsed']);
    await house.sql('ALTER TABLE ratings_case DROP CONSTRAINT stuck');
    await lapseCases(deps);
    expect(await stateOf(first)).toBe('lapsed');
  });

  it('that nobody decides within five working days ends by itself', async () => {
    const { officer, id } = await openOne();
    house.clock.advanceMs(8 * dayMs);
    await eventually(async () => {
      const items = await casesOf(officer);
      return items.some((one) => one.id === id && one.state === 'lapsed');
    });
  });
});

it('keeps no address and drops the marks after a month', async () => {
  await house.rate(house.addCode(), personAs('resident', { network: 'mark', deviceId: newId() }));
  const rows = await house.sql('SELECT LENGTH(network) AS bytes FROM ratings_signal LIMIT 1');
  expect(Number(rows[0]?.bytes)).toBe(16);
  house.clock.advanceMs(31 * dayMs);
  await eventually(async () => (await house.count('ratings_signal')) === 0);
});
