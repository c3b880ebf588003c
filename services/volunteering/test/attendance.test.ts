import { setPlaceCode } from '@ddp/contracts/volunteering/activity-routes';
import {
  checkIn,
  listAttendances,
  listMyAttendances,
  sayLeaving,
  scanCard,
  scanVolunteer,
  sendScans,
} from '@ddp/contracts/volunteering/attendance-routes';
import {
  listMyHours,
  listReviews,
  noteReview,
  readHours,
} from '@ddp/contracts/volunteering/hour-routes';
import { assistSignUp } from '@ddp/contracts/volunteering/sign-up-routes';
import { assistProfile } from '@ddp/contracts/volunteering/volunteer-routes';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';
import { createServing } from './serving.ts';
import { join, openActivity, shiftIn } from './world.ts';

let house: House;
let at: ReturnType<typeof createServing>;
beforeAll(async () => {
  house = await openHouse();
  at = createServing(house);
});
afterAll(async () => {
  try {
    expect(await house.audit()).toEqual([]);
  } finally {
    await house?.stop();
  }
});

const refused = (slug: string) => ({ slug });
const minuteMs = 60_000;
const consent = { kind: 'spoken' as const, words: '本人口述', on: '2026-11-10' };

describe('checking in', () => {
  it('goes by the code that the place shows now, and by no other', async () => {
    const { shift, leader, volunteer, signUpId } = await at.openShift();
    const placeCodeId = newId();
    const link = { params: { id: shift.id }, body: { placeCodeId } };
    await house.call(setPlaceCode, link, leader);
    house.places.set('now', placeCodeId).set('elsewhere', newId());
    at.advance(40);
    const check = (code: string, kind: 'in' | 'out', by = volunteer, key = newId()) =>
      house.call(checkIn, { body: { signUpId, kind, code } }, by, key);
    for (const code of ['elsewhere', 'photographed']) {
      await expect(check(code, 'in')).rejects.toMatchObject(refused('place-code-refused'));
    }
    const early = check('now', 'out');
    await expect(early).rejects.toMatchObject(refused('not-checked-in'));
    const key = newId();
    const entered = await check('now', 'in', volunteer, key);
    expect(entered).toMatchObject({ state: 'present', inWay: 'place', minutes: 0 });
    at.advance(50);
    expect(await check('now', 'in', volunteer, key)).toEqual(entered);
    house.places.delete('now');
    await expect(check('now', 'out')).rejects.toMatchObject(refused('place-code-refused'));
    house.places.set('later', placeCodeId);
    const left = await check('later', 'out');
    expect(left).toMatchObject({ state: 'out', minutes: 30 });
    const foreign = check('later', 'out', await house.newVolunteer());
    await expect(foreign).rejects.toMatchObject(refused('not-found'));
  });

  it('by the leader takes the volunteer’s present code, of who has a place, not too early', async () => {
    const { scan, shift, leader, volunteer } = await at.openShift();
    await expect(scan('in')).rejects.toMatchObject(refused('scan-outside'));
    const old = await at.codeOf(volunteer);
    at.advance(45);
    const send = (code: string) =>
      house.call(scanVolunteer, { body: { shiftId: shift.id, kind: 'in', code } }, leader);
    await expect(send(old)).rejects.toMatchObject(refused('wrong-volunteer-code'));
    const own = send(await at.codeOf(leader));
    await expect(own).rejects.toMatchObject(refused('own-scan'));
    const absent = send(await at.codeOf(await house.newVolunteer()));
    await expect(absent).rejects.toMatchObject(refused('not-signed-up'));
    const byOther = scan('in', await house.newVolunteer());
    await expect(byOther).rejects.toMatchObject(refused('not-found'));
    expect((await scan('in')).state).toBe('present');
    const again = await scan('in');
    expect(again.state).toBe('present');
  });

  it('is refused at two places at once, and ends what was forgotten at the one before', async () => {
    const shifts = [shiftIn(house, 1, { minutes: 60 }), shiftIn(house, 2, { minutes: 60 })];
    const { activity, leader } = await openActivity(house, shifts);
    const [first, second] = activity.shifts.map(({ id }) => id);
    const volunteer = await house.newVolunteer();
    await join(house, first ?? '', volunteer);
    await join(house, second ?? '', volunteer);
    const scan = async (shiftId = '') => {
      const body = { shiftId, kind: 'in' as const, code: await at.codeOf(volunteer) };
      return house.call(scanVolunteer, { body }, leader);
    };
    at.advance(60);
    await scan(first);
    at.advance(45);
    await expect(scan(second)).rejects.toMatchObject(refused('present-elsewhere'));
    at.advance(20);
    expect((await scan(second)).state).toBe('present');
    const mine = await house.call(listMyAttendances, {}, volunteer);
    expect(mine.items.map(({ state }) => state)).toEqual(['present', 'forgotten']);
    expect(await house.audit()).toEqual([]);
  });

  it('by a printed card is done by staff for who has no phone, and asked about', async () => {
    const { shift, confirm, leader } = await at.openShift();
    const personId = newId();
    await house.call(
      assistProfile,
      { body: { personId, birthMonth: '1950-01', consent } },
      house.officer,
    );
    const asked = { personId, shiftId: shift.id, consent };
    const made = await house.call(assistSignUp, { body: asked }, house.officer);
    house.cards.set('7KX-29M-4QT', personId);
    const scan = (kind: 'in' | 'out', card = '7KX-29M-4QT', by = house.officer) =>
      house.call(scanCard, { body: { shiftId: shift.id, kind, card } }, by);
    at.advance(50);
    await expect(scan('in', 'lost')).rejects.toMatchObject(refused('invalid-code'));
    const away = scan('in', '7KX-29M-4QT', house.stranger);
    await expect(away).rejects.toMatchObject(refused('not-found'));
    await scan('in');
    at.advance(135);
    expect(await scan('out')).toMatchObject({ inWay: 'card', minutes: 120 });
    expect(await confirm(house.officer, made.id)).toBe('own');
    expect(await confirm(leader, made.id)).toBe('verified');
    const query = { kind: 'assisted' as const };
    const { items } = await house.call(listReviews, { query }, house.otherOfficer);
    expect(items[0]).toMatchObject({ hoursId: made.id, outcome: null });
    const note = {
      params: { id: items[0]?.id ?? '' },
      body: { outcome: 'confirmed' as const, words: '电话回访属实' },
    };
    const own = house.call(noteReview, note, house.officer);
    await expect(own).rejects.toMatchObject(refused('own-review'));
    const noted = await house.call(noteReview, note, house.otherOfficer);
    expect(noted.outcome).toBe('confirmed');
    const twice = house.call(noteReview, note, house.otherOfficer);
    await expect(twice).rejects.toMatchObject(refused('conflict'));
  });
});

describe('scans without a network', () => {
  it('count once each, in any order, twice and after the shift was closed', async () => {
    const { shift, leader, volunteer, signUpId, confirm } = await at.openShift();
    at.advance(60);
    const inAt = house.clock.now().toISOString();
    const inCode = await at.codeOf(volunteer);
    at.advance(90);
    const outAt = house.clock.now().toISOString();
    const outCode = await at.codeOf(volunteer);
    const entry = { eventId: newId(), kind: 'in' as const, code: inCode, at: inAt };
    const exit = { eventId: newId(), kind: 'out' as const, code: outCode, at: outAt };
    const send = async (scans: object[], by = leader) => {
      const body = { shiftId: shift.id, scans: scans as never };
      const { results } = await house.call(sendScans, { body }, by);
      return results.map(({ outcome, isLate }) => [outcome, isLate]);
    };
    expect(await send([exit])).toEqual([['counted', false]]);
    const typed = { ...entry, eventId: newId(), code: `${inCode.slice(0, 8)}000000` };
    const moved = { ...entry, eventId: newId(), at: outAt };
    expect(await send([typed, moved])).toEqual([
      ['wrong-code', false],
      ['wrong-code', false],
    ]);
    at.advance(24 * 60);
    const both = await Promise.all([send([entry, exit]), send([exit, entry])]);
    const outcomes = both.flat().map(([outcome]) => outcome);
    expect(outcomes.sort()).toEqual(['counted', 'repeated', 'repeated', 'repeated']);
    const { items } = await house.call(listAttendances, { params: { id: shift.id } }, leader);
    expect(items).toMatchObject([{ state: 'out', minutes: 90, isLate: true, inWay: 'offline' }]);
    expect(await confirm()).toBe('verified');
    const more = { ...exit, eventId: newId() };
    expect(await send([more])).toEqual([['kept', true]]);
    at.advance(72 * 60);
    expect(await send([{ ...exit, eventId: newId() }])).toEqual([['outside-window', false]]);
    await expect(send([entry], volunteer)).rejects.toMatchObject(refused('not-found'));
    expect((await house.call(listMyHours, {}, volunteer)).verifiedMinutes).toBe(90);
    expect((await house.call(readHours, { params: { id: signUpId } }, leader)).minutes).toBe(90);
  });
});

describe('a forgotten check-out', () => {
  it('ends at the planned end, is corrected in one tap, and counts once it is confirmed', async () => {
    const { scan, signUpId, volunteer, confirm, leader } = await at.openShift();
    at.advance(50);
    const { inAt, endsAt } = await scan('in');
    at.advance(240);
    const state = async () => (await house.call(listMyAttendances, {}, volunteer)).items[0];
    await eventually(async () => (await state())?.state === 'forgotten');
    expect(await state()).toMatchObject({ outAt: endsAt, outWay: 'forgotten' });
    expect(await confirm()).toBe('not-ready');
    const say = (leftAt: string, by = volunteer) =>
      house.call(sayLeaving, { params: { id: signUpId }, body: { leftAt } }, by);
    const late = new Date(Date.parse(endsAt) + minuteMs).toISOString();
    for (const wrong of [late, inAt ?? '']) {
      await expect(say(wrong)).rejects.toMatchObject(refused('left-outside'));
    }
    const byOther = say(endsAt, await house.newVolunteer());
    await expect(byOther).rejects.toMatchObject(refused('not-found'));
    const leftAt = new Date(Date.parse(endsAt) - 30 * minuteMs).toISOString();
    expect(await say(leftAt)).toMatchObject({ state: 'out', outWay: 'said', minutes: 90 });
    await expect(say(endsAt)).rejects.toMatchObject(refused('conflict'));
    expect(await confirm(leader)).toBe('verified');
  });
});
