import * as routes from '@ddp/contracts/ratings/appeal-routes';
import { listFollowUps } from '@ddp/contracts/ratings/follow-up-routes';
import { withdrawRating } from '@ddp/contracts/ratings/own-routes';
import { listRatings } from '@ddp/contracts/ratings/review-routes';
import { newId } from '@ddp/db-kit/ids';
import { idCursor } from '@ddp/db-kit/page';
import { eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { city, community, type FollowUpHouse, openFollowUpHouse } from './follow-up-house.ts';
import { dayMs, rateTimes, tellAll } from './telling.ts';

let house: FollowUpHouse;
beforeAll(async () => {
  house = await openFollowUpHouse(new Date('2026-10-12T09:00:00+08:00'));
});
afterAll(() => house?.stop());

const appealable = (by: ReturnType<typeof personAs>) =>
  house.call(routes.listAppealableRatings, {}, by);

/** The reference of the one rating that somebody may appeal against. */
async function shownTo(rated: ReturnType<typeof personAs>): Promise<string> {
  const [shown] = await eventually(async () => {
    const { items } = await appealable(rated);
    return items.length === 1 ? items : null;
  });
  return shown?.ref ?? '';
}

/** A bad rating of a worker, and as many good ones as it takes to hide who gave it. */
async function disclosed(fields = {}) {
  const worker = personAs('resident');
  const opened = await house.openFollowUp({ subjectPersonId: worker.personId, ...fields });
  await rateTimes(house, opened.token, [5, 5, 5, 5]);
  await tellAll(house);
  return { ...opened, worker, ref: await shownTo(worker) };
}
/** Waits until the sweep went over all hidden ratings: one of a named rater is among them. */
async function passDisclosure() {
  const witness = personAs('resident');
  const token = house.addCode({ subjectPersonId: witness.personId });
  await house.rate(token, personAs('resident'), { level: 1, isNamed: true });
  await eventually(async () => (await appealable(witness)).items.length === 1);
}
const decide = (id: string, by = house.officerOver(community), verdict = 'upheld' as const) =>
  house.call(routes.decideAppeal, { params: { id }, body: { verdict, reason: '考勤表属实' } }, by);

describe('a bad rating', () => {
  it('stays hidden until a group of five raters tells of it, and then shows the week alone', async () => {
    const worker = personAs('resident');
    const { rating, token, rater } = await house.openFollowUp({ subjectPersonId: worker.personId });
    await rateTimes(house, token, [5, 5, 5]);
    await house.rate(token, house.guest(), { level: 5 });
    await tellAll(house);
    await house.rate(token, rater, { level: 5 });
    await passDisclosure();
    expect((await appealable(worker)).items).toEqual([]);

    await house.rate(token, personAs('resident'), { level: 4 });
    await passDisclosure();
    expect((await appealable(worker)).items).toEqual([]);
    await tellAll(house);
    const ref = await shownTo(worker);
    const [shown] = (await appealable(worker)).items;
    expect(shown).toMatchObject({ level: 1, appealId: null });
    expect(shown?.week).toMatch(/^2026-W\d\d$/);
    expect(JSON.stringify(shown)).not.toContain(rating.ratedAt.slice(0, 10));
    const notTheirs = personAs('resident');
    await expect(house.appeal(ref, notTheirs)).rejects.toMatchObject({ slug: 'not-found' });
  });

  it('of a rater who agreed to be named is known at once, and no longer once withdrawn', async () => {
    const worker = personAs('resident');
    const token = house.addCode({ subjectPersonId: worker.personId });
    const rater = personAs('resident');
    const rating = await house.rate(token, rater, { level: 1, isNamed: true });
    await eventually(async () => (await appealable(worker)).items.length === 1);
    await house.call(withdrawRating, { params: { id: rating.id } }, rater);
    expect((await appealable(worker)).items).toEqual([]);
  });

  it('is named to the rated by what tells no time, page by page', async () => {
    const worker = personAs('resident');
    const token = house.addCode({ subjectPersonId: worker.personId });
    const given = [];
    for (let count = 0; count < 3; count += 1) {
      given.push(await house.rate(token, personAs('resident'), { level: 1, isNamed: true }));
    }
    const all = await eventually(async () => {
      const { items } = await appealable(worker);
      return items.length === 3 ? items : null;
    });
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: { limit: string; cursor?: string } = { limit: '1' };
      if (cursor !== null) query.cursor = cursor;
      const page = await house.call(routes.listAppealableRatings, { query } as never, worker);
      seen.push(...page.items.map(({ ref }) => ref));
      cursor = page.nextCursor;
      if (cursor !== null)
        expect(Buffer.from(cursor, 'base64url').toString()).not.toMatch(idCursor);
    } while (cursor !== null);
    expect(seen).toEqual(all.map(({ ref }) => ref));
    const [ref = ''] = seen;
    const sent = await house.appeal(ref, worker);
    const mine = await house.call(routes.listMyAppeals, {}, worker);
    expect(sent.ref).toBe(ref);
    const told = JSON.stringify([all, sent, mine]);
    for (const { id } of given) expect(told).not.toContain(id);
  });

  it('of an organization is appealed against by who serves in it', async () => {
    const unitId = newId();
    const subject = { id: newId(), kind: 'organization', name: '暖阳服务中心', title: '' } as const;
    const organization = { ...subject, unitId, unitName: null, areaName: '滨河街道' };
    const staff = personAs('resident');
    await house.givePost(house.officerOver(community));
    await house.givePost({ ...staff, areaPaths: [community] }, { unitId, role: null });
    const { token } = await house.openFollowUp({
      subject: organization,
      subjectPersonId: null,
    });
    await rateTimes(house, token, [5, 5, 5, 5]);
    await tellAll(house);
    expect((await house.appeal(await shownTo(staff), staff)).state).toBe('open');
  });
});

describe('an appeal', () => {
  it('is taken once, within fifteen days from the day the rating was known', async () => {
    const one = await disclosed();
    house.clock.advanceMs(15 * dayMs);
    const sent = await house.appeal(one.ref, one.worker);
    expect(sent).toMatchObject({ state: 'open', decision: null });
    await expect(house.appeal(one.ref, one.worker)).rejects.toMatchObject({
      slug: 'rating-appealed-already',
    });
    const late = await disclosed();
    house.clock.advanceMs(17 * dayMs);
    await expect(house.appeal(late.ref, late.worker)).rejects.toMatchObject({
      slug: 'rating-appeal-late',
    });
  });

  it('sent twenty times at once is one appeal', async () => {
    const { ref, worker } = await disclosed();
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, () => house.appeal(ref, worker)),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const mine = await house.call(routes.listMyAppeals, {}, worker);
    expect(mine.items).toHaveLength(1);
  });

  it('is decided by somebody without a part in the case, once, and the appellant reads why', async () => {
    const { rating, ref, worker, followUp } = await disclosed();
    const handler = house.officerOver(city, 'city-officer');
    await house.accept(followUp.id, handler);
    const { id } = await house.appeal(ref, worker);
    await expect(decide(id, handler)).rejects.toMatchObject({ slug: 'own-case' });
    const rated = { ...house.officerOver(city), personId: worker.personId };
    await expect(decide(id, rated)).rejects.toMatchObject({ slug: 'own-case' });
    const elsewhere = house.officerOver('/1506/150602/');
    await expect(decide(id, elsewhere)).rejects.toMatchObject({ slug: 'not-found' });
    const judge = house.officerOver(city, 'city-officer');
    expect(await decide(id, judge)).toMatchObject({ state: 'upheld', decidedBy: judge.personId });
    const list = { query: { subjectId: rating.subjectId, level: '1' } } as never;
    const { items } = await house.call(listRatings, list, judge);
    expect(items).toMatchObject([{ state: 'left-out', flag: { reason: 'appeal-upheld' } }]);
    await expect(decide(id, house.officerOver(city))).rejects.toMatchObject({
      slug: 'appeal-decided',
    });
    const mine = await house.call(routes.listMyAppeals, {}, worker);
    expect(mine.items).toMatchObject([{ id, state: 'upheld', decision: '考勤表属实' }]);
    expect(await house.audit()).toEqual([]);
  });

  it('is listed for the officers of the place', async () => {
    const { rating, ref, worker } = await disclosed();
    const { id } = await house.appeal(ref, worker);
    const list = (by: ReturnType<typeof personAs>) =>
      house.call(routes.listAppeals, { query: { state: 'open' } }, by);
    expect((await list(house.officerOver(community))).items.map((one) => one.id)).toContain(id);
    expect((await list(house.officerOver('/1506/150602/'))).items).toEqual([]);
    const { items } = await house.call(
      listFollowUps,
      { query: { subjectId: rating.subjectId } },
      house.officerOver(community),
    );
    expect(items).toHaveLength(1);
  });
});
