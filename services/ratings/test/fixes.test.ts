import type { Principal } from '@ddp/contracts/principal';
import * as routes from '@ddp/contracts/ratings/follow-up-routes';
import { rateAgain as rateAgainRoute, withdrawRating } from '@ddp/contracts/ratings/own-routes';
import { listRatings } from '@ddp/contracts/ratings/review-routes';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { community, type FollowUpHouse, openFollowUpHouse, township } from './follow-up-house.ts';

/** The Wednesday before the National Day week. */
const eve = new Date('2026-09-30T09:00:00+08:00');
let house: FollowUpHouse;
beforeAll(async () => {
  house = await openFollowUpHouse(eve);
});
afterAll(() => house?.stop());

describe('the fix', () => {
  const fixed = async () => {
    house.clock.setTo(eve);
    const opened = await house.openFollowUp();
    const officer = house.officerOver(community);
    await house.accept(opened.followUp.id, officer);
    await house.contact(opened.followUp.id, officer);
    await house.resolve(opened.followUp.id, officer);
    return { ...opened, id: opened.followUp.id, officer };
  };
  const rateAgain = (ratingId: string, by: Principal, level: number) =>
    house.call(rateAgainRoute, { params: { id: ratingId }, body: { level } }, by);

  it('is rated once by who was not satisfied, and a good rating closes the case', async () => {
    const { id, rating, rater, officer } = await fixed();
    const again = await rateAgain(rating.id, rater, 4);
    expect(again).toMatchObject({ kind: 'again', ratesAgain: rating.id });
    expect((await house.read(id, officer)).state).toBe('closed');
    await expect(rateAgain(rating.id, rater, 1)).rejects.toMatchObject({
      slug: 'rating-right-used',
    });
    expect(await house.stepsOf(id)).toEqual([
      'opened',
      'accepted',
      'contacted:phone',
      'resolved:fixed',
      're-rated:4',
      'closed',
    ]);
    expect(await house.audit()).toEqual([]);
  });

  it('that did not help opens the case anew one level up, and may be rated again after that', async () => {
    const { id, rating, rater, officer } = await fixed();
    await rateAgain(rating.id, rater, 2);
    await expect(house.accept(id, officer)).rejects.toMatchObject({ slug: 'not-found' });
    const higher = house.officerOver(township);
    const reopened = await house.read(id, higher);
    expect(reopened).toMatchObject({
      ...{ state: 'open', deskPath: township, reopenings: 1, outcome: null },
      ...{ acceptBy: '2026-10-08T16:00:00.000Z', contactedAt: null, reRateUntil: null },
    });
    await house.accept(id, higher);
    await house.contact(id, higher);
    await house.resolve(id, higher);
    await rateAgain(rating.id, rater, 5);
    expect((await house.read(id, higher)).state).toBe('closed');
    const { items } = await house.call(
      routes.listFollowUps,
      { query: { subjectId: rating.subjectId } },
      higher,
    );
    expect(items).toHaveLength(1);
    expect(await house.audit()).toEqual([]);
  });

  it('cannot be rated before there is one, by anybody else, or after its time', async () => {
    house.clock.setTo(eve);
    const { rating, rater } = await house.openFollowUp();
    const invalid = { slug: 'rating-right-invalid' };
    await expect(rateAgain(rating.id, rater, 5)).rejects.toMatchObject(invalid);
    const late = await fixed();
    const other = personAs('resident');
    await expect(rateAgain(late.rating.id, other, 5)).rejects.toMatchObject({ slug: 'not-found' });
    house.clock.setTo(new Date('2026-10-21T00:00:01+08:00'));
    await expect(rateAgain(late.rating.id, late.rater, 5)).rejects.toMatchObject({
      slug: 'rating-right-expired',
    });
  });

  it.each(['mistaken', 'malicious'] as const)(
    'of a %s rating is to leave it out',
    async (outcome) => {
      house.clock.setTo(eve);
      const { followUp, rating } = await house.openFollowUp();
      const officer = house.officerOver(community);
      await house.accept(followUp.id, officer);
      expect((await house.resolve(followUp.id, officer, outcome)).state).toBe('closed');
      const list = await house.call(
        listRatings,
        { query: { subjectId: rating.subjectId } },
        officer,
      );
      expect(list.items).toMatchObject([{ state: 'left-out', flag: { reason: outcome } }]);
      expect(await house.audit()).toEqual([]);
    },
  );

  it('is not asked for any more once the rating was withdrawn', async () => {
    house.clock.setTo(eve);
    const { followUp, rating, rater } = await house.openFollowUp();
    await house.call(withdrawRating, { params: { id: rating.id } }, rater);
    const officer = house.officerOver(community);
    expect(await house.read(followUp.id, officer)).toMatchObject({
      state: 'closed',
      outcome: 'withdrawn',
    });
    await expect(house.accept(followUp.id, officer)).rejects.toMatchObject({
      slug: 'follow-up-ended',
    });
    expect(await house.audit()).toEqual([]);
  });
});
