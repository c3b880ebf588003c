import { noticeRequested } from '@ddp/contracts/notices/events';
import {
  addShift,
  approveActivity,
  cancelActivity,
  cancelShift,
  changeActivity,
  closeActivity,
  createActivity,
  listActivities,
  listOpenShifts,
  listTeamActivities,
  publishActivity,
  readActivity,
  returnActivity,
  submitActivity,
} from '@ddp/contracts/volunteering/activity-routes';
import { setVolunteeringSettings } from '@ddp/contracts/volunteering/settings-routes';
import {
  acceptSubstitution,
  assistSignUp,
  cancelAssistedSignUp,
  cancelSignUp,
  endSubstitution,
  listMySignUps,
  listMySubstitutions,
  listRoster,
  offerSubstitution,
  signUp,
} from '@ddp/contracts/volunteering/sign-up-routes';
import {
  assistProfile,
  createSkill,
  readMyProfile,
  recordGuardianConsent,
} from '@ddp/contracts/volunteering/volunteer-routes';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { city, type House, openHouse, programmeId } from './house.ts';
import { draftActivity, foundTeam, join, openActivity, shiftIn } from './world.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  try {
    expect(await house.audit()).toEqual([]);
  } finally {
    await house?.stop();
  }
});

const refused = (slug: string) => ({ slug });
const consent = { kind: 'spoken' as const, words: '本人口述', on: '2026-11-10' };

/** Templates of what a person was told, in order. */
async function listNotices(personId: string): Promise<string[]> {
  const rows = await house.db
    .selectFrom('volunteering_outbox')
    .select('payload')
    .where('event_name', '=', noticeRequested.name)
    .orderBy('id')
    .execute();
  return rows
    .map((row) => noticeRequested.payload.parse(JSON.parse(row.payload)))
    .filter(({ audience }) => audience.kind === 'person' && audience.personId === personId)
    .map(({ template }) => template);
}

describe('an activity', () => {
  it('is approved by somebody else than who wrote or leads it, and then published', async () => {
    const { leader, team, params } = await draftActivity(house, []);
    const call = <R extends typeof submitActivity>(route: R, by = leader) =>
      house.call(route as typeof submitActivity, { params }, by);
    await expect(call(submitActivity)).rejects.toMatchObject(refused('no-shift'));
    const late = { params, body: { ...shiftIn(house, 5), startsAt: '2026-01-01T00:00:00.000Z' } };
    await expect(house.call(addShift, late, leader)).rejects.toMatchObject(
      refused('shift-in-past'),
    );
    await house.call(addShift, { params, body: shiftIn(house, 30) }, leader);
    const change = { title: '清洁河岸', areaCode: '150602', place: '别处' };
    const moved = house.call(changeActivity, { params, body: change }, leader);
    await expect(moved).rejects.toMatchObject(refused('unknown-area'));
    const here = { ...change, areaCode: '150603', place: '河岸' };
    const changed = await house.call(changeActivity, { params, body: here }, house.officer);
    expect(changed.place).toBe('河岸');
    await call(submitActivity);
    const own = call(approveActivity as never, house.officer);
    await expect(own).rejects.toMatchObject(refused('own-activity'));
    const foreign = call(approveActivity as never, house.stranger);
    await expect(foreign).rejects.toMatchObject(refused('not-found'));
    const reason = { params, body: { reason: '请写明工具' } };
    const back = await house.call(returnActivity, reason, house.otherOfficer);
    expect(back).toMatchObject({ state: 'draft', reason: '请写明工具' });
    await call(submitActivity);
    await call(approveActivity as never, house.otherOfficer);
    const published = await call(publishActivity as never);
    expect(published).toMatchObject({ state: 'published', reason: null });
    const again = call(publishActivity as never);
    await expect(again).rejects.toMatchObject(refused('conflict'));
    const early = call(closeActivity as never);
    await expect(early).rejects.toMatchObject(refused('shifts-left'));
    const input = { params: { id: team.id } };
    expect((await house.call(listTeamActivities, input, leader)).items).toHaveLength(1);
    const outsider = house.call(listTeamActivities, input, house.newResident());
    await expect(outsider).rejects.toMatchObject(refused('not-found'));
    const query = { state: 'published' as const, search: '河岸' };
    const page = await house.call(listActivities, { query }, house.officer);
    expect(page.items.map(({ id }) => id)).toContain(params.id);
  });

  it('is found by residents by word, day, area and skill once it is open', async () => {
    const { id: skillId } = await house.call(
      createSkill,
      { body: { name: '理发' } },
      house.officer,
    );
    const skilled = shiftIn(house, 50, { skillPlaces: [{ skillId, places: 1 }] });
    const shifts = [shiftIn(house, 49), skilled, shiftIn(house, 98)];
    const { activity, params } = await openActivity(house, shifts, { title: '义务理发' });
    const resident = house.newResident();
    const find = async (query: object) => {
      const page = await house.call(
        listOpenShifts,
        { query: { ...query, search: '义务' } },
        resident,
      );
      return page.items.map(({ id }) => id);
    };
    const ids = activity.shifts.map(({ id }) => id);
    expect(await find({})).toEqual(ids);
    expect(await find({ skillId })).toEqual([ids[1]]);
    expect(await find({ on: '2026-11-12' })).toEqual(ids.slice(0, 2));
    expect(await find({ areaCode: '150603001' })).toEqual(ids);
    expect(await find({ areaCode: '150602' })).toEqual([]);
    const first = await house.call(
      listOpenShifts,
      { query: { limit: 2, search: '义务' } },
      resident,
    );
    const query = { cursor: first.nextCursor ?? '', search: '义务' };
    const rest = await house.call(listOpenShifts, { query }, resident);
    expect(rest.items.map(({ id }) => id)).toEqual(ids.slice(2));
    expect((await house.call(readActivity, { params }, resident)).shifts).toHaveLength(3);
    const elsewhere = personAs('resident', { programmeId: newId() });
    const hidden = house.call(readActivity, { params }, elsewhere);
    await expect(hidden).rejects.toMatchObject(refused('not-found'));
    const draft = await draftActivity(house, [shiftIn(house, 70)]);
    const unseen = house.call(readActivity, { params: draft.params }, resident);
    await expect(unseen).rejects.toMatchObject(refused('not-found'));
    const early = await house.call(readActivity, { params: draft.params }, draft.leader);
    const inDraft = join(house, early.shifts[0]?.id ?? '', await house.newVolunteer());
    await expect(inDraft).rejects.toMatchObject(refused('not-found'));
  });

  it('keeps to the team that runs it', async () => {
    const { team } = await foundTeam(house);
    const body = { teamId: team.id, title: '别人的队', areaCode: '150603', place: '广场' };
    const foreign = house.call(createActivity, { body }, await house.newVolunteer());
    await expect(foreign).rejects.toMatchObject(refused('not-found'));
  });
});

describe('signing up', () => {
  it('gives no more places than there are, whoever comes at once, and the rest wait in order', async () => {
    const { shift, leader } = await openActivity(house, [shiftIn(house, 48)]);
    const people = [];
    for (let one = 0; one < 6; one += 1) people.push(await house.newVolunteer());
    const key = newId();
    const [first] = people;
    if (!first) throw new Error('nobody came');
    const body = { shiftId: shift.id };
    const twice = [1, 2].map(() => house.call(signUp, { body }, first, key));
    const [one, same] = await Promise.all(twice);
    expect(same).toEqual(one);
    await expect(join(house, shift.id, first)).rejects.toMatchObject(refused('signed-up-already'));
    const others = await Promise.all(people.slice(1).map((by) => join(house, shift.id, by)));
    const states = [one, ...others].map((made) => made?.state).sort();
    expect(states).toEqual(['signed', 'signed', 'waiting', 'waiting', 'waiting', 'waiting']);
    const roster = await house.call(listRoster, { params: { id: shift.id } }, leader);
    const queue = roster.items.filter(({ state }) => state === 'waiting').reverse();
    const params = { id: one?.id ?? '' };
    const left = await house.call(cancelSignUp, { params }, first);
    expect(left.state).toBe('cancelled');
    const again = house.call(cancelSignUp, { params }, first);
    await expect(again).rejects.toMatchObject(refused('conflict'));
    const promoted = people.find(({ personId }) => personId === queue[0]?.personId);
    const mine = await house.call(listMySignUps, {}, promoted ?? first);
    expect(mine.items[0]?.state).toBe('signed');
    expect(await listNotices(queue[0]?.personId ?? '')).toEqual(['shift-place-free']);
    const stranger = house.call(listRoster, { params: { id: shift.id } }, house.newResident());
    await expect(stranger).rejects.toMatchObject(refused('not-found'));
  });

  it('refuses two shifts at one time, also the one where a place is waited for', async () => {
    const one = await openActivity(house, [shiftIn(house, 60, { places: 1 })]);
    const other = await openActivity(house, [shiftIn(house, 61), shiftIn(house, 62)]);
    const person = await house.newVolunteer();
    await join(house, one.shift.id, await house.newVolunteer());
    expect((await join(house, one.shift.id, person)).state).toBe('waiting');
    const overlapping = join(house, other.shift.id, person);
    await expect(overlapping).rejects.toMatchObject(refused('overlapping-shift'));
    const next = await join(house, other.activity.shifts[1]?.id ?? '', person);
    expect(next.state).toBe('signed');
    const racing = await house.newVolunteer();
    const both = await Promise.allSettled(
      [one, other].map(({ shift }) => join(house, shift.id, racing)),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('asks for age, skill and a guardian’s word', async () => {
    const { id: skillId } = await house.call(
      createSkill,
      { body: { name: '心理疏导' } },
      house.officer,
    );
    const shift = shiftIn(house, 70, { places: 0, skillPlaces: [{ skillId, places: 1 }] });
    const wanted = await openActivity(house, [shift, shiftIn(house, 74)], { leastAge: 12 });
    const adult = await house.newVolunteer();
    const none = join(house, wanted.shift.id, adult);
    await expect(none).rejects.toMatchObject(refused('no-such-seat'));
    const body = { shiftId: wanted.shift.id, skillId };
    const unskilled = house.call(signUp, { body }, adult);
    await expect(unskilled).rejects.toMatchObject(refused('skill-wanted'));
    const skilled = await house.newVolunteer('1990-05', [skillId]);
    expect((await house.call(signUp, { body }, skilled)).state).toBe('signed');
    const later = wanted.activity.shifts[1]?.id ?? '';
    const child = await house.newVolunteer('2018-01');
    await expect(join(house, later, child)).rejects.toMatchObject(refused('age-outside'));
    const minor = await house.newVolunteer('2012-01');
    await expect(join(house, later, minor)).rejects.toMatchObject(refused('guardian-wanted'));
    const guardian = { ...consent, kind: 'guardian' as const };
    const agreed = { params: { id: minor.personId }, body: { consent: guardian } };
    await house.call(recordGuardianConsent, agreed, house.officer);
    expect((await join(house, later, minor)).state).toBe('signed');
    const nobody = join(house, later, house.newResident());
    await expect(nobody).rejects.toMatchObject(refused('no-volunteer-profile'));
  });

  it('is done by staff with consent for who has no phone', async () => {
    const { shift } = await openActivity(house, [shiftIn(house, 80)]);
    const personId = newId();
    const profile = { personId, birthMonth: '1950-01', consent };
    await house.call(assistProfile, { body: profile }, house.officer);
    const body = { personId, shiftId: shift.id, consent };
    const foreign = house.call(assistSignUp, { body }, house.stranger);
    await expect(foreign).rejects.toMatchObject(refused('not-found'));
    const made = await house.call(assistSignUp, { body }, house.officer);
    expect(made).toMatchObject({ state: 'signed', isAssisted: true });
    const giveUp = { params: { id: made.id }, body: { consent } };
    const away = house.call(cancelAssistedSignUp, giveUp, house.stranger);
    await expect(away).rejects.toMatchObject(refused('not-found'));
    const given = await house.call(cancelAssistedSignUp, giveUp, house.officer);
    expect(given.state).toBe('cancelled');
  });
});

describe('a place', () => {
  it('goes to a substitute who accepts, once', async () => {
    const { shift } = await openActivity(house, [shiftIn(house, 90, { places: 1 })]);
    const [holder, asked, other] = [
      await house.newVolunteer(),
      await house.newVolunteer(),
      await house.newVolunteer(),
    ];
    const { id: signUpId } = await join(house, shift.id, holder);
    const waiting = await join(house, shift.id, other);
    const numberOf = async (by: typeof holder) => (await house.call(readMyProfile, {}, by)).number;
    const ask = async (by: typeof holder, whom: typeof asked) =>
      house.call(offerSubstitution, { body: { signUpId, number: await numberOf(whom) } }, by);
    await expect(ask(other, asked)).rejects.toMatchObject(refused('not-found'));
    await expect(ask(holder, holder)).rejects.toMatchObject(refused('unknown-volunteer'));
    const first = await ask(holder, asked);
    await expect(ask(holder, asked)).rejects.toMatchObject(refused('conflict'));
    expect(await listNotices(asked.personId)).toEqual(['substitute-asked']);
    const refusing = await house.call(endSubstitution, { params: { id: first.id } }, asked);
    expect(refusing.state).toBe('refused');
    const second = await ask(holder, asked);
    const params = { id: second.id };
    const byOther = house.call(acceptSubstitution, { params }, other);
    await expect(byOther).rejects.toMatchObject(refused('not-found'));
    const accepted = await house.call(acceptSubstitution, { params }, asked);
    expect(accepted.state).toBe('accepted');
    const again = house.call(acceptSubstitution, { params }, asked);
    await expect(again).rejects.toMatchObject(refused('conflict'));
    expect((await house.call(listMySubstitutions, {}, holder)).items).toHaveLength(2);
    const states = async (by: typeof holder) =>
      (await house.call(listMySignUps, {}, by)).items.map(({ state }) => state);
    expect(await states(holder)).toEqual(['handed-over']);
    expect(await states(asked)).toEqual(['signed']);
    expect(await states(other)).toEqual(['waiting']);
    await house.call(cancelSignUp, { params: { id: waiting.id } }, other);
  });

  it('is reminded of once, and who waits when it begins waits no more', async () => {
    const manager = personAs('city-officer', { areaPaths: [city], programmeId });
    await house.call(setVolunteeringSettings, { body: { reminderHours: 2 } }, manager);
    const { shift } = await openActivity(house, [shiftIn(house, 3, { places: 1 })]);
    const [holder, waiter] = [await house.newVolunteer(), await house.newVolunteer()];
    await join(house, shift.id, holder);
    await join(house, shift.id, waiter);
    house.clock.advanceMs(2 * 3_600_000);
    await eventually(async () => (await listNotices(holder.personId)).length > 0);
    house.clock.advanceMs(2 * 3_600_000);
    const lapsed = await eventually(async () => {
      const { items } = await house.call(listMySignUps, {}, waiter);
      return items[0]?.state === 'lapsed' && items[0];
    });
    expect(await listNotices(holder.personId)).toEqual(['shift-reminder']);
    expect(await listNotices(waiter.personId)).toEqual([]);
    const late = house.call(cancelSignUp, { params: { id: lapsed.id } }, waiter);
    await expect(late).rejects.toMatchObject(refused('shift-begun'));
  });

  it('is given back with a shift or an activity that is cancelled, and its holder told', async () => {
    const shifts = [shiftIn(house, 100), shiftIn(house, 104)];
    const { shift, leader, activity, params } = await openActivity(house, shifts);
    const [one, other] = [await house.newVolunteer(), await house.newVolunteer()];
    await join(house, shift.id, one);
    await join(house, activity.shifts[1]?.id ?? '', other);
    const body = { reason: '大风预警' };
    const byOther = house.call(cancelShift, { params: { id: shift.id }, body }, one);
    await expect(byOther).rejects.toMatchObject(refused('not-found'));
    const seen = await house.call(cancelShift, { params: { id: shift.id }, body }, leader);
    expect(seen.shifts[0]).toMatchObject({ isCancelled: true, seats: [{ taken: 0 }] });
    expect(await listNotices(one.personId)).toEqual(['shift-cancelled']);
    const whole = await house.call(cancelActivity, { params, body }, leader);
    expect(whole.state).toBe('cancelled');
    expect(await listNotices(other.personId)).toEqual(['shift-cancelled']);
    const late = join(house, shift.id, other);
    await expect(late).rejects.toMatchObject(refused('shift-begun'));
  });
});
