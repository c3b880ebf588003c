import { postChanged } from '@ddp/contracts/directory/events';
import type { Principal } from '@ddp/contracts/principal';
import { decideCase, listCaseRatings, listCases } from '@ddp/contracts/ratings/case-routes';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';
import { dayMs } from './telling.ts';

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
