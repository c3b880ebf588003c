import * as routes from '@ddp/contracts/ratings/appeal-routes';
import { listFollowUps } from '@ddp/contracts/ratings/follow-up-routes';
import { listRatings } from '@ddp/contracts/ratings/review-routes';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { city, community, type FollowUpHouse, openFollowUpHouse } from './follow-up-house.ts';

let house: FollowUpHouse;
beforeAll(async () => {
  house = await openFollowUpHouse(new Date('2026-10-12T09:00:00+08:00'));
});
afterAll(() => house?.stop());

const dayMs = 86_400_000;
const appealable = (by: ReturnType<typeof personAs>) =>
  house.call(routes.listAppealableRatings, {}, by);

/** A bad rating of a worker, and as many good ones as it takes to hide who gave it. */
async function disclosed(fields = {}) {
  const worker = personAs('resident');
  const opened = await house.openFollowUp({ subjectPersonId: worker.personId, ...fields });
  for (let count = 0; count < 4; count += 1) {
    await house.rate(opened.token, personAs('resident'), { level: 5 });
  }
  await eventually(async () => (await appealable(worker)).items.length === 1);
  return { ...opened, worker };
}
const decide = (id: string, by = house.officerOver(community), verdict = 'upheld' as const) =>
  house.call(routes.decideAppeal, { params: { id }, body: { verdict, reason: '考勤表属实' } }, by);

describe('a bad rating', () => {
  it('stays hidden from the rated until five have come in, and then shows the week alone', async () => {
    const worker = personAs('resident');
    const { rating, token } = await house.openFollowUp({ subjectPersonId: worker.personId });
    for (let count = 0; count < 3; count += 1)
      await house.rate(token, personAs('resident'), { level: 5 });
    house.clock.advanceMs(dayMs);
    await expect(house.appeal(rating.id, worker)).rejects.toMatchObject({ slug: 'not-found' });
    expect((await appealable(worker)).items).toEqual([]);
    await house.rate(token, personAs('resident'), { level: 4 });
    const [shown] = await eventually(async () => {
      const { items } = await appealable(worker);
      return items.length > 0 ? items : null;
    });
    expect(shown).toMatchObject({ ratingId: rating.id, level: 1, appealId: null });
    expect(shown?.week).toMatch(/^2026-W\d\d$/);
    expect(JSON.stringify(shown)).not.toContain(rating.ratedAt.slice(0, 10));
    const notTheirs = personAs('resident');
    await expect(house.appeal(rating.id, notTheirs)).rejects.toMatchObject({ slug: 'not-found' });
  });

  it('of an organization is appealed against by who serves in it', async () => {
    const unitId = newId();
    const subject = { id: newId(), kind: 'organization', name: '暖阳服务中心', title: '' } as const;
    const organization = { ...subject, unitId, unitName: null, areaName: '滨河街道' };
    const staff = personAs('resident');
    await house.givePost(house.officerOver(community));
    await house.givePost({ ...staff, areaPaths: [community] }, { unitId, role: null });
    const { rating, token } = await house.openFollowUp({
      subject: organization,
      subjectPersonId: null,
    });
    for (let count = 0; count < 4; count += 1)
      await house.rate(token, personAs('resident'), { level: 5 });
    await eventually(async () => (await appealable(staff)).items.length === 1);
    expect((await house.appeal(rating.id, staff)).state).toBe('open');
  });
});

describe('an appeal', () => {
  it('is taken once, within fifteen days from the day the rating was known', async () => {
    const one = await disclosed();
    house.clock.advanceMs(15 * dayMs);
    const sent = await house.appeal(one.rating.id, one.worker);
    expect(sent).toMatchObject({ state: 'open', decision: null });
    await expect(house.appeal(one.rating.id, one.worker)).rejects.toMatchObject({
      slug: 'rating-appealed-already',
    });
    const late = await disclosed();
    house.clock.advanceMs(17 * dayMs);
    await expect(house.appeal(late.rating.id, late.worker)).rejects.toMatchObject({
      slug: 'rating-appeal-late',
    });
  });

  it('sent twenty times at once is one appeal', async () => {
    const { rating, worker } = await disclosed();
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, () => house.appeal(rating.id, worker)),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const mine = await house.call(routes.listMyAppeals, {}, worker);
    expect(mine.items).toHaveLength(1);
  });

  it('is decided by somebody without a part in the case, once, and the appellant reads why', async () => {
    const { rating, worker, followUp } = await disclosed();
    const handler = house.officerOver(city, 'city-officer');
    await house.accept(followUp.id, handler);
    const { id } = await house.appeal(rating.id, worker);
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
    const { rating, worker } = await disclosed();
    const { id } = await house.appeal(rating.id, worker);
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
