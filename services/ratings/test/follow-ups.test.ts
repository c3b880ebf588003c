import { personErased } from '@ddp/contracts/identity/events';
import * as routes from '@ddp/contracts/ratings/follow-up-routes';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { anonymous, personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  banner,
  city,
  community,
  type FollowUpHouse,
  openFollowUpHouse,
  township,
} from './follow-up-house.ts';

/** The Wednesday before the National Day week. */
const eve = new Date('2026-09-30T09:00:00+08:00');
let house: FollowUpHouse;
beforeAll(async () => {
  house = await openFollowUpHouse(eve);
});
afterAll(() => house?.stop());

const stepsOf = (id: string) => house.stepsOf(id);
const until = (id: string, deskPath: string) =>
  eventually(async () => {
    const one = await house.read(id, house.officerOver(city, 'city-officer'));
    return one.deskPath === deskPath ? one : null;
  });

describe('a bad rating', () => {
  it('opens a follow-up on the desk of its community, also a guest’s, and a good one opens none', async () => {
    house.clock.setTo(eve);
    const guest = { ...anonymous, deviceId: newId() } as typeof anonymous;
    const { followUp } = await house.openFollowUp({}, guest);
    expect(followUp).toMatchObject({
      state: 'open',
      deskPath: community,
      ownerId: null,
      acceptBy: '2026-10-08T16:00:00.000Z',
      contactBy: '2026-10-10T16:00:00.000Z',
      resolveBy: '2026-10-27T16:00:00.000Z',
      isCalendarKnown: true,
    });
    const token = house.addCode();
    const { subjectId } = await house.rate(token, personAs('resident'), { level: 3 });
    const reader = house.officerOver(community);
    const list = await house.call(routes.listFollowUps, { query: { subjectId } }, reader);
    expect(list.items).toEqual([]);
  });

  it('leads its officer from acceptance to the fix, and the rater sees each step', async () => {
    house.clock.setTo(eve);
    const { followUp, rater } = await house.openFollowUp();
    const officer = house.officerOver(community);
    const { id } = followUp;
    expect((await house.read(id, officer)).raterPersonId).toBeNull();
    expect((await house.accept(id, officer)).state).toBe('accepted');
    expect((await house.read(id, officer)).raterPersonId).toBe(
      rater.kind === 'person' ? rater.personId : '',
    );
    await expect(house.resolve(id, officer)).rejects.toMatchObject({ slug: 'contact-first' });
    expect((await house.contact(id, officer)).state).toBe('contacted');
    const resolved = await house.resolve(id, officer);
    expect(resolved).toMatchObject({ state: 'resolved', outcome: 'fixed' });
    expect(resolved.reRateUntil).toBe('2026-10-20T16:00:00.000Z');
    const mine = await house.call(routes.listMyFollowUps, {}, rater);
    expect(mine.items).toMatchObject([
      { id, outcome: 'fixed', outcomeWords: '路灯已修好，已回访' },
    ]);
    expect(mine.items[0]?.steps.map(({ step }) => step)).toEqual([
      'opened',
      'accepted',
      'contacted',
      'resolved',
    ]);
    house.clock.setTo(new Date('2026-10-21T00:00:01+08:00'));
    await eventually(async () => (await house.read(id, officer)).state === 'closed');
    expect(await stepsOf(id)).toEqual([
      'opened',
      'accepted',
      'contacted:phone',
      'resolved:fixed',
      'closed',
    ]);
    await expect(house.contact(id, officer)).rejects.toMatchObject({ slug: 'follow-up-ended' });
  });

  it('without an answer climbs to township, banner and city, each with working days of its own', async () => {
    house.clock.setTo(eve);
    const { followUp } = await house.openFollowUp();
    const { id } = followUp;
    const local = house.officerOver(community);
    house.clock.setTo(new Date('2026-10-08T23:59:00+08:00'));
    expect((await house.read(id, local)).deskPath).toBe(community);
    house.clock.setTo(new Date('2026-10-09T00:00:01+08:00'));
    const atTownship = await until(id, township);
    // Saturday 10 October is worked to make up for the holiday.
    expect(atTownship).toMatchObject({ acceptBy: '2026-10-10T16:00:00.000Z', climbs: 1 });
    expect(atTownship.resolveBy).toBe('2026-10-27T16:00:00.000Z');
    await expect(house.accept(id, local)).rejects.toMatchObject({ slug: 'not-found' });
    house.clock.setTo(new Date('2026-10-11T00:00:01+08:00'));
    const atBanner = await until(id, banner);
    expect(atBanner.acceptBy).toBe('2026-10-12T16:00:00.000Z');
    house.clock.setTo(new Date('2026-10-13T00:00:01+08:00'));
    await until(id, city);
    house.clock.setTo(new Date('2026-10-15T00:00:01+08:00'));
    const overdue = (steps: string[]) => steps.filter((step) => step.startsWith('overdue')).length;
    await eventually(async () => overdue(await stepsOf(id)) === 4);
    const top = house.officerOver(city, 'city-officer');
    await house.accept(id, top);
    const { steps, overdueSince } = await house.read(id, top);
    expect(overdueSince).toBe('2026-10-08T16:00:00.000Z');
    expect(steps.map(({ step, deskPath }) => `${step} ${deskPath}`)).toEqual([
      `opened ${community}`,
      `overdue ${community}`,
      `climbed ${township}`,
      `overdue ${township}`,
      `climbed ${banner}`,
      `overdue ${banner}`,
      `climbed ${city}`,
      `overdue ${city}`,
      `accepted ${city}`,
    ]);
    expect(await house.audit()).toEqual([]);
  });
});

describe('an officer', () => {
  it('neither handles a rating of their own nor one of an organization they serve in', async () => {
    house.clock.setTo(eve);
    const officer = house.officerOver(community);
    const own = await house.openFollowUp({ subjectPersonId: officer.personId });
    await expect(house.accept(own.followUp.id, officer)).rejects.toMatchObject({
      slug: 'own-case',
    });
    const unitId = newId();
    await house.givePost(officer, { unitId });
    const subject = { id: newId(), kind: 'organization', name: '暖阳服务中心', title: '' } as const;
    const organization = { ...subject, unitId, unitName: null, areaName: '滨河街道' };
    const theirs = await house.openFollowUp({ subject: organization, subjectPersonId: null });
    await expect(house.accept(theirs.followUp.id, officer)).rejects.toMatchObject({
      slug: 'own-case',
    });
    const { items } = await house.call(
      routes.listReceivers,
      { params: { id: theirs.followUp.id } },
      house.officerOver(township),
    );
    expect(items.map(({ personId }) => personId)).not.toContain(officer.personId);
  });

  it('owns what was accepted alone; another may take it over, and only the owner goes on', async () => {
    house.clock.setTo(eve);
    const { id } = (await house.openFollowUp()).followUp;
    const first = house.officerOver(community);
    const second = house.officerOver(community);
    const key = newId();
    await Promise.all(Array.from({ length: 20 }, () => house.accept(id, first, key)));
    await expect(house.accept(id, first)).rejects.toMatchObject({ slug: 'conflict' });
    await expect(house.contact(id, second)).rejects.toMatchObject({ slug: 'not-owner' });
    await house.accept(id, second);
    await expect(house.contact(id, first)).rejects.toMatchObject({ slug: 'not-owner' });
    expect(await stepsOf(id)).toEqual(['opened', 'accepted', 'taken-over']);
  });

  it('wins alone where twenty accept at once', async () => {
    house.clock.setTo(eve);
    const { id } = (await house.openFollowUp()).followUp;
    const officers = Array.from({ length: 20 }, () => house.officerOver(community));
    await Promise.all(officers.map((officer) => house.accept(id, officer)));
    const steps = await stepsOf(id);
    expect(steps.filter((step) => step === 'accepted')).toHaveLength(1);
    const { ownerId } = await house.read(id, house.officerOver(community));
    expect(officers.map(({ personId }) => personId)).toContain(ownerId);
  });

  it('extends once, with a reason, by working days', async () => {
    house.clock.setTo(eve);
    const { id } = (await house.openFollowUp()).followUp;
    const officer = house.officerOver(community);
    await house.accept(id, officer);
    await expect(house.extend(id, officer, '')).rejects.toMatchObject({ slug: 'invalid-request' });
    expect((await house.extend(id, officer)).resolveBy).toBe('2026-11-10T16:00:00.000Z');
    await expect(house.extend(id, officer)).rejects.toMatchObject({ slug: 'extended-already' });
  });

  it('transfers to a named officer over the place, who alone may accept until it climbs', async () => {
    house.clock.setTo(eve);
    const { followUp } = await house.openFollowUp();
    const { id } = followUp;
    const owner = house.officerOver(community);
    const other = house.officerOver(community);
    const receiver = house.officerOver(township);
    const stranger = house.officerOver('/1506/150602/');
    await house.givePost(receiver);
    await house.givePost(stranger);
    await house.accept(id, owner);
    for (const nobody of [stranger, owner, personAs('resident')]) {
      await expect(house.transfer(id, owner, nobody)).rejects.toMatchObject({
        slug: 'unknown-receiver',
      });
    }
    const moved = await house.transfer(id, owner, receiver);
    expect(moved).toMatchObject({
      ...{ state: 'open', ownerId: null, receiverId: receiver.personId, deskPath: township },
      ...{ contactBy: followUp.contactBy, resolveBy: followUp.resolveBy },
    });
    await expect(house.accept(id, other)).rejects.toMatchObject({ slug: 'not-found' });
    await expect(house.accept(id, house.officerOver(township))).rejects.toMatchObject({
      slug: 'other-receiver',
    });
    expect((await house.accept(id, receiver)).ownerId).toBe(receiver.personId);
  });

  it('closes what is not ours with whom it was passed to, and nothing without words', async () => {
    house.clock.setTo(eve);
    const { id } = (await house.openFollowUp()).followUp;
    const officer = house.officerOver(community);
    await house.accept(id, officer);
    await house.contact(id, officer);
    const bare = { params: { id }, body: { outcome: 'not-ours', words: '属供电局' } as never };
    await expect(house.call(routes.resolveFollowUp, bare, officer)).rejects.toMatchObject({
      slug: 'invalid-request',
    });
    expect(await house.resolve(id, officer, 'not-ours')).toMatchObject({
      state: 'closed',
      passedTo: '市供电局',
    });
    await expect(house.resolve(id, officer)).rejects.toMatchObject({ slug: 'follow-up-ended' });
  });

  it('of another place sees nothing, and a reader without the duty changes nothing', async () => {
    house.clock.setTo(eve);
    const { id } = (await house.openFollowUp()).followUp;
    const elsewhere = house.officerOver('/1506/150602/');
    await expect(house.read(id, elsewhere)).rejects.toMatchObject({ slug: 'not-found' });
    await expect(house.accept(id, elsewhere)).rejects.toMatchObject({ slug: 'not-found' });
    const auditor = house.officerOver(city, 'auditor');
    await expect(house.accept(id, auditor)).rejects.toMatchObject({ slug: 'forbidden' });
    expect((await house.read(id, auditor)).state).toBe('open');
  });

  it('finds follow-ups by desk, owner, state and delay, page by page', async () => {
    house.clock.setTo(eve);
    const officer = house.officerOver(community);
    const mine = (await house.openFollowUp()).followUp.id;
    await house.accept(mine, officer);
    const list = (query: Record<string, string>) =>
      house.call(routes.listFollowUps, { query: { limit: 100, ...query } as never }, officer);
    expect((await list({ whose: 'mine' })).items.map(({ id }) => id)).toEqual([mine]);
    const desk = (await list({ whose: 'desk', state: 'open' })).items;
    expect(desk.length).toBeGreaterThan(0);
    expect(new Set(desk.map(({ deskPath }) => deskPath))).toEqual(new Set([community]));
    const late = (await list({ isOverdue: 'true' })).items;
    expect(late.length).toBeGreaterThan(0);
    expect(late.every(({ overdueSince }) => overdueSince !== null)).toBe(true);
    const first = await list({ limit: '2' });
    const second = await list({ limit: '2', cursor: first.nextCursor ?? '' });
    const ids = [...first.items, ...second.items].map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
    expect(ids).toEqual(ids.toSorted().toReversed());
  });
});

describe('the terms of a programme', () => {
  it('hold for what is opened under them, and are set by officers over the whole of it', async () => {
    house.clock.setTo(new Date('2026-10-12T09:00:00+08:00'));
    const banners = house.officerOver(banner, 'banner-officer');
    const terms = { resolveDays: 5 };
    const set = (fromOn: string, by = banners) =>
      house.call(routes.setFollowUpTerms, { body: { fromOn, terms } }, by);
    await expect(set('2026-10-11')).rejects.toMatchObject({ slug: 'day-in-past' });
    const local = house.officerOver(community, 'banner-officer');
    await expect(set('2026-10-12', local)).rejects.toMatchObject({ slug: 'not-found' });
    const before = (await house.openFollowUp()).followUp;
    expect((await set('2026-10-12')).version).toBe(1);
    const after = (await house.openFollowUp()).followUp;
    expect(before.resolveBy).toBe('2026-11-02T16:00:00.000Z');
    expect(after.resolveBy).toBe('2026-10-19T16:00:00.000Z');
    const read = await house.call(routes.readFollowUpTerms, {}, banners);
    expect(read).toMatchObject({ version: 1, terms: { acceptDays: 1, resolveDays: 5 } });
    expect(read.calendarYears.to).toBeGreaterThanOrEqual(2026);
  });

  it('say aloud when the calendar ends', async () => {
    house.clock.setTo(new Date('2031-01-15T09:00:00+08:00'));
    const { followUp } = await house.openFollowUp();
    expect(followUp.isCalendarKnown).toBe(false);
    house.clock.setTo(eve);
  });
});

it('loses a person who left, and keeps what happened', async () => {
  house.clock.setTo(eve);
  const rater = personAs('resident');
  const { followUp } = await house.openFollowUp({}, rater);
  const officer = house.officerOver(community);
  await house.accept(followUp.id, officer);
  await house.contact(followUp.id, officer, '住三单元的王阿姨说灯不亮');
  await house.tell(personErased, { personId: rater.personId }, 'identity');
  await eventually(async () => {
    const { steps, raterPersonId } = await house.read(followUp.id, officer);
    return raterPersonId === null && steps.every(({ words }) => words === null);
  });
  await house.tell(personErased, { personId: officer.personId }, 'identity');
  const top = house.officerOver(city, 'city-officer');
  await eventually(async () => (await house.read(followUp.id, top)).ownerId === null);
  expect(await stepsOf(followUp.id)).toEqual(['opened', 'accepted', 'contacted:phone']);
  expect(await house.audit()).toEqual([]);
});
