import { withdrawRating } from '@ddp/contracts/ratings/own-routes';
import { flagRating, liftFlag } from '@ddp/contracts/ratings/review-routes';
import { newId } from '@ddp/db-kit/ids';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';
import { dayMs } from './telling.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  expect(await house.audit()).toEqual([]);
  await house.stop();
});

/** What is told of a rating beside its submission. */
async function toldOf(ratingId: string) {
  const rows = await house.sql(
    `SELECT event_name, payload FROM ratings_outbox
      WHERE payload LIKE ? AND event_name <> 'ratings.rating-submitted' ORDER BY event_name`,
    `%${ratingId}%`,
  );
  return rows.map(({ event_name: name, payload }) => ({
    name: String(name),
    payload: JSON.parse(String(payload)) as Record<string, unknown>,
  }));
}
const evidence = { reason: 'test' as const, evidence: '测试用的评价' };

describe('what points is told', () => {
  it('is a withdrawal of what it was told, once, up to the end of the day it is possible in', async () => {
    const resident = personAs('resident');
    const { id: ratingId } = await house.rate(house.addCode(), resident);
    house.clock.advanceMs(dayMs - 60_000);
    const key = newId();
    const params = { id: ratingId };
    await house.call(withdrawRating, { params }, resident, key);
    await house.call(withdrawRating, { params }, resident, key);
    const { programmeId } = house;
    const payload = { ratingId, programmeId, personId: resident.personId };
    expect(await toldOf(ratingId)).toEqual([{ name: 'ratings.rating-withdrawn', payload }]);
  });

  it('is a flag with its reason, and the lifting of the same flag', async () => {
    const resident = personAs('resident');
    const { id: ratingId } = await house.rate(house.addCode(), resident);
    const params = { id: ratingId };
    await house.call(flagRating, { params, body: evidence }, house.officer);
    await house.call(liftFlag, { params, body: { words: '误标' } }, house.otherOfficer);
    const [leftOut, restored, ...others] = await toldOf(ratingId);
    expect(others).toEqual([]);
    expect(leftOut).toMatchObject({
      name: 'ratings.rating-left-out',
      payload: { reason: 'test', flaggedBy: house.officer.personId, personId: resident.personId },
    });
    expect(restored).toMatchObject({
      name: 'ratings.rating-restored',
      payload: { flagId: leftOut?.payload.flagId, liftedBy: house.otherOfficer.personId },
    });
  });

  it('is nothing of a refused withdrawal, nor of ratings that earn nothing', async () => {
    const resident = personAs('resident');
    const old = await house.rate(house.addCode(), resident);
    house.clock.advanceMs(dayMs);
    const late = house.call(withdrawRating, { params: { id: old.id } }, resident);
    await expect(late).rejects.toMatchObject({ slug: 'withdrawal-over' });
    const ofGuest = await house.rate(house.addCode(), house.guest());
    const params = { id: ofGuest.id };
    await house.call(flagRating, { params, body: evidence }, house.officer);
    expect([...(await toldOf(old.id)), ...(await toldOf(ofGuest.id))]).toEqual([]);
  });
});
