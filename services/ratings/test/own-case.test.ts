import type { PersonPrincipal } from '@ddp/contracts/principal';
import { listAppeals } from '@ddp/contracts/ratings/appeal-routes';
import { decideCase, listCaseRatings } from '@ddp/contracts/ratings/case-routes';
import { listFollowUps } from '@ddp/contracts/ratings/follow-up-routes';
import { listShownRatings, replyToRating } from '@ddp/contracts/ratings/own-routes';
import { listRatingPhotos } from '@ddp/contracts/ratings/photo-routes';
import {
  decideReply,
  decideWords,
  flagRating,
  liftFlag,
  listRatings,
  listReplies,
} from '@ddp/contracts/ratings/review-routes';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { community, type FollowUpHouse, openFollowUpHouse } from './follow-up-house.ts';

let house: FollowUpHouse;
beforeAll(async () => {
  house = await openFollowUpHouse(new Date('2026-10-12T09:00:00+08:00'));
});
afterAll(() => house?.stop());

const hex = (id: string) => id.replaceAll('-', '');
const evidence = { reason: 'insult' as const, evidence: '与服务无关，见照片' };
const review = { decision: 'hide' as const, reason: '涉及他人隐私' };

/** A case over one rating, as the watch opens it. */
async function openCase(ratingId: string): Promise<string> {
  const id = newId();
  await house.sql(
    `INSERT INTO ratings_case (id, pattern, once_key, area_path, ratings, state, opened_at, due_at)
      VALUES (UNHEX(?), 'pair', UNHEX(?), ?, 1, 'open', '2026-10-12', '2036-10-12')`,
    ...[hex(id), hex(id), community],
  );
  const listed = 'INSERT INTO ratings_case_rating (case_id, rating_id) VALUES (UNHEX(?), UNHEX(?))';
  await house.sql(listed, hex(id), hex(ratingId));
  return id;
}

/** A bad rating of a worker with everything that staff may decide about it. */
async function openEverything() {
  const rated = house.officerOver(community);
  const rater = house.officerOver(community);
  const token = house.addCode({ areaPath: community, subjectPersonId: rated.personId });
  const answers = { level: 1, isNamed: true, words: '等了一上午没有人' };
  const rating = await house.rate(token, rater, answers);
  const [shown] = (await house.call(listShownRatings, {}, rated)).items;
  const ref = shown?.ref ?? '';
  await house.call(replyToRating, { params: { ref }, body: { text: '当时在入户' } }, rated);
  await eventually(() => house.appeal(ref, rated).catch(() => null));
  return { rated, rater, rating, caseId: await openCase(rating.id) };
}

const repliesOf = async (ratingId: string, by: PersonPrincipal) => {
  const { items } = await house.call(listReplies, { query: { state: 'shown' } }, by);
  return items.filter((one) => one.ratingId === ratingId);
};

describe('staff who have a part in a rating', () => {
  it('decide nothing about it', async () => {
    const { rated, rater, rating, caseId } = await openEverything();
    const params = { id: rating.id };
    const officer = house.officerOver(community);
    const [reply] = await repliesOf(rating.id, officer);
    const ends = { decision: 'harmless' as const, words: '查过了，没有问题' };
    const own = { slug: 'own-case' };
    for (const by of [rated, rater]) {
      const acts = [
        () => house.call(flagRating, { params, body: evidence }, by),
        () => house.call(decideWords, { params, body: review }, by),
        () => house.call(decideReply, { params: { id: reply?.id ?? '' }, body: review }, by),
        () => house.call(decideCase, { params: { id: caseId }, body: ends }, by),
      ];
      for (const act of acts) await expect(act()).rejects.toMatchObject(own);
    }
    await house.call(flagRating, { params, body: evidence }, officer);
    const lift = { params, body: { words: '误标' } };
    await expect(house.call(liftFlag, lift, rated)).rejects.toMatchObject(own);
    await expect(house.call(liftFlag, lift, rater)).rejects.toMatchObject(own);
    const decided = await house.call(decideCase, { params: { id: caseId }, body: ends }, officer);
    expect(decided.state).toBe('harmless');
    expect(await house.audit()).toEqual([]);
  });

  it('are shown none of what is about themselves, and others are', async () => {
    const { rated, rating, caseId } = await openEverything();
    const params = { id: rating.id };
    const query = { subjectId: rating.subjectId };
    const seenBy = async (by: PersonPrincipal) => {
      const ratings = await house.call(listRatings, { query }, by);
      const followUps = await house.call(listFollowUps, { query }, by);
      const { items: appeals } = await house.call(listAppeals, {}, by);
      const listed = await house.call(listCaseRatings, { params: { id: caseId } }, by);
      return [
        ...[ratings.items.length, followUps.items.length, listed.items.length],
        appeals.filter(({ ratingId }) => ratingId === rating.id).length,
        (await repliesOf(rating.id, by)).length,
      ];
    };
    const officer = house.officerOver(community);
    expect(await seenBy(officer)).toEqual([1, 1, 1, 1, 1]);
    expect(await seenBy(rated)).toEqual([0, 0, 0, 0, 0]);
    const { items } = await house.call(listFollowUps, { query }, officer);
    const followUpId = items[0]?.id ?? '';
    expect((await house.read(followUpId, officer)).id).toBe(followUpId);
    await expect(house.read(followUpId, rated)).rejects.toMatchObject({ slug: 'not-found' });
    expect((await house.call(listRatingPhotos, { params }, officer)).items).toEqual([]);
    await expect(house.call(listRatingPhotos, { params }, rated)).rejects.toMatchObject({
      slug: 'not-found',
    });
  });

  it('of the rated organization neither read nor decide, while officers of others do', async () => {
    const unitId = newId();
    const subject = { id: newId(), kind: 'organization', name: '暖阳服务中心', title: '' } as const;
    const organization = { ...subject, unitId, unitName: null, areaName: '滨河街道' };
    const serving = house.officerOver(community);
    await house.givePost(serving, { unitId });
    const { rating, followUp } = await house.openFollowUp({
      subject: organization,
      subjectPersonId: null,
    });
    const query = { subjectId: rating.subjectId };
    expect((await house.call(listRatings, { query }, serving)).items).toEqual([]);
    expect((await house.call(listFollowUps, { query }, serving)).items).toEqual([]);
    await expect(house.read(followUp.id, serving)).rejects.toMatchObject({ slug: 'not-found' });
    const flag = { params: { id: rating.id }, body: evidence };
    await expect(house.call(flagRating, flag, serving)).rejects.toMatchObject({ slug: 'own-case' });
    const elsewhere = house.officerOver(community);
    await house.givePost(elsewhere, { unitId: newId() });
    expect((await house.call(listRatings, { query }, elsewhere)).items).toHaveLength(1);
    expect((await house.call(flagRating, flag, elsewhere)).state).toBe('left-out');
  });
});

describe('the audit names', () => {
  it.each([
    `UPDATE ratings_flag SET flagged_by = UNHEX(?) WHERE rating_id = UNHEX(?)`,
    `UPDATE ratings_flag SET lifted_by = UNHEX(?) WHERE rating_id = UNHEX(?)`,
    `UPDATE ratings_case SET decided_by = UNHEX(?) WHERE id =
      (SELECT case_id FROM ratings_case_rating WHERE rating_id = UNHEX(?))`,
  ])('a decision about a rating of one’s own, R5: %s', async (fault) => {
    const person = personAs('resident');
    const rating = await house.rate(house.addCode({ areaPath: community }), person, { level: 5 });
    await openCase(rating.id);
    const flag = { params: { id: rating.id }, body: evidence };
    await house.call(flagRating, flag, house.officerOver(community));
    expect(await house.audit()).toEqual([]);
    await house.sql(fault, hex(person.personId), hex(rating.id));
    expect(await house.audit()).toEqual(['R6']);
    await house.sql('DELETE FROM ratings_flag');
    await house.sql('DELETE FROM ratings_case_rating');
    await house.sql('UPDATE ratings_case SET decided_by = NULL');
    await house.sql('DELETE FROM ratings_case');
  });
});
