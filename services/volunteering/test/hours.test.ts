import type { PersonPrincipal } from '@ddp/contracts/principal';
import { setPlaceCode } from '@ddp/contracts/volunteering/activity-routes';
import {
  checkIn,
  confirmAsBeneficiary,
  confirmAttendances,
  listAttendances,
  listMyAttendances,
  refuseAttendance,
  sayLeaving,
  scanCard,
  scanVolunteer,
  sendScans,
} from '@ddp/contracts/volunteering/attendance-routes';
import { hoursCorrected, hoursVerified } from '@ddp/contracts/volunteering/events';
import {
  correctHours,
  listHours,
  listMyHours,
  listReviews,
  noteReview,
  readHours,
  recordHours,
} from '@ddp/contracts/volunteering/hour-routes';
import { setVolunteeringSettings } from '@ddp/contracts/volunteering/settings-routes';
import { assistSignUp } from '@ddp/contracts/volunteering/sign-up-routes';
import { admitMember, applyForMembership } from '@ddp/contracts/volunteering/team-routes';
import { assistProfile, readMyCode } from '@ddp/contracts/volunteering/volunteer-routes';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { city, type House, openHouse, programmeId } from './house.ts';
import { join, openActivity, shiftIn } from './world.ts';

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
const minuteMs = 60_000;
const consent = { kind: 'spoken' as const, words: '本人口述', on: '2026-11-10' };
const advance = (minutes: number) => house.clock.advanceMs(minutes * minuteMs);
const codeOf = async (by: PersonPrincipal) => (await house.call(readMyCode, {}, by)).code;

/** A shift of two hours in an hour, with somebody who has a place. */
async function openShift(over: Parameters<typeof openActivity>[2] = {}) {
  const opened = await openActivity(house, [shiftIn(house, 1)], over);
  const volunteer = await house.newVolunteer();
  const { id: signUpId } = await join(house, opened.shift.id, volunteer);
  const scan = async (kind: 'in' | 'out', by = opened.leader, of = volunteer) => {
    const body = { shiftId: opened.shift.id, kind, code: await codeOf(of) };
    return house.call(scanVolunteer, { body }, by);
  };
  const confirm = async (by = opened.leader, id = signUpId) => {
    const body = { signUpIds: [id] };
    const { results } = await house.call(confirmAttendances, { body }, by);
    return results[0]?.outcome;
  };
  return { ...opened, volunteer, signUpId, scan, confirm };
}

/** One who was there for the whole shift, as the leader scanned. */
async function serve(over: Parameters<typeof openActivity>[2] = {}) {
  const opened = await openShift(over);
  advance(50);
  await opened.scan('in');
  advance(135);
  await opened.scan('out');
  return opened;
}

const payloads = async (name: string) => {
  const rows = await house.db
    .selectFrom('volunteering_outbox')
    .select('payload')
    .where('event_name', '=', name)
    .orderBy('id')
    .execute();
  return rows.map((row) => JSON.parse(row.payload));
};

describe('checking in', () => {
  it('goes by the code that the place shows now, and by no other', async () => {
    const { shift, leader, volunteer, signUpId } = await openShift();
    const placeCodeId = newId();
    const link = { params: { id: shift.id }, body: { placeCodeId } };
    await house.call(setPlaceCode, link, leader);
    house.places.set('now', placeCodeId).set('elsewhere', newId());
    advance(40);
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
    advance(50);
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
    const { scan, shift, leader, volunteer } = await openShift();
    await expect(scan('in')).rejects.toMatchObject(refused('scan-outside'));
    const old = await codeOf(volunteer);
    advance(45);
    const send = (code: string) =>
      house.call(scanVolunteer, { body: { shiftId: shift.id, kind: 'in', code } }, leader);
    await expect(send(old)).rejects.toMatchObject(refused('wrong-volunteer-code'));
    const own = send(await codeOf(leader));
    await expect(own).rejects.toMatchObject(refused('own-scan'));
    const absent = send(await codeOf(await house.newVolunteer()));
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
      const body = { shiftId, kind: 'in' as const, code: await codeOf(volunteer) };
      return house.call(scanVolunteer, { body }, leader);
    };
    advance(60);
    await scan(first);
    advance(45);
    await expect(scan(second)).rejects.toMatchObject(refused('present-elsewhere'));
    advance(20);
    expect((await scan(second)).state).toBe('present');
    const mine = await house.call(listMyAttendances, {}, volunteer);
    expect(mine.items.map(({ state }) => state)).toEqual(['present', 'forgotten']);
    expect(await house.audit()).toEqual([]);
  });

  it('by a printed card is done by staff for who has no phone, and asked about', async () => {
    const { shift, confirm, leader } = await openShift();
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
    advance(50);
    await expect(scan('in', 'lost')).rejects.toMatchObject(refused('invalid-code'));
    const away = scan('in', '7KX-29M-4QT', house.stranger);
    await expect(away).rejects.toMatchObject(refused('not-found'));
    await scan('in');
    advance(135);
    expect(await scan('out')).toMatchObject({ inWay: 'card', minutes: 120 });
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
    const { shift, leader, volunteer, signUpId, confirm } = await openShift();
    advance(60);
    const inAt = house.clock.now().toISOString();
    const inCode = await codeOf(volunteer);
    advance(90);
    const outAt = house.clock.now().toISOString();
    const outCode = await codeOf(volunteer);
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
    advance(24 * 60);
    const both = await Promise.all([send([entry, exit]), send([exit, entry])]);
    const outcomes = both.flat().map(([outcome]) => outcome);
    expect(outcomes.sort()).toEqual(['counted', 'repeated', 'repeated', 'repeated']);
    const { items } = await house.call(listAttendances, { params: { id: shift.id } }, leader);
    expect(items).toMatchObject([{ state: 'out', minutes: 90, isLate: true, inWay: 'offline' }]);
    expect(await confirm()).toBe('verified');
    const more = { ...exit, eventId: newId() };
    expect(await send([more])).toEqual([['kept', true]]);
    advance(72 * 60);
    expect(await send([{ ...exit, eventId: newId() }])).toEqual([['outside-window', false]]);
    await expect(send([entry], volunteer)).rejects.toMatchObject(refused('not-found'));
    expect((await house.call(listMyHours, {}, volunteer)).verifiedMinutes).toBe(90);
    expect((await house.call(readHours, { params: { id: signUpId } }, leader)).minutes).toBe(90);
  });
});

describe('a forgotten check-out', () => {
  it('ends at the planned end, is corrected in one tap, and counts once it is confirmed', async () => {
    const { scan, signUpId, volunteer, confirm, leader } = await openShift();
    advance(50);
    const { inAt, endsAt } = await scan('in');
    advance(240);
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

describe('hours', () => {
  it('are verified by the leader, never by oneself, once, and told to the ledger once', async () => {
    const { confirm, volunteer, signUpId, shift, leader } = await serve();
    expect(await confirm(volunteer)).toBe('unknown');
    expect(await confirm(leader, newId())).toBe('unknown');
    house.ledger.trouble.losesAnswers = true;
    const both = await Promise.all([confirm(), confirm()]);
    expect(both).toEqual(['verified', 'verified']);
    await eventually(async () => house.ledger.transfers.size > 0);
    house.ledger.trouble.losesAnswers = false;
    const told = (await payloads(hoursVerified.name)).filter((one) => one.hoursId === signUpId);
    expect(told).toEqual([
      expect.objectContaining({ version: 1, days: [{ on: expect.any(String), minutes: 120 }] }),
    ]);
    const posted = () =>
      [...house.ledger.transfers.values()].filter((one) => one.reference === `hours:${signUpId}`);
    await eventually(async () => {
      const row = await house.db
        .selectFrom('volunteering_hours')
        .select('post_at')
        .where('id', '=', Buffer.from(signUpId.replaceAll('-', ''), 'hex'))
        .executeTakeFirst();
      return row?.post_at === null;
    });
    expect(posted()).toMatchObject([{ amount: 120, unit: 'minutes' }]);
    const own = await join(house, shift.id, leader).catch((error: unknown) => error);
    expect(own).toMatchObject(refused('shift-begun'));
  });

  it('wait for who is served, where the activity names one', async () => {
    const beneficiary = house.newResident();
    const { confirm, shift, volunteer } = await serve({ beneficiaryId: beneficiary.personId });
    expect(await confirm()).toBe('beneficiary-wanted');
    expect((await house.call(listMyHours, {}, volunteer)).verifiedMinutes).toBe(0);
    const say = (by: PersonPrincipal) =>
      house.call(confirmAsBeneficiary, { body: { shiftId: shift.id } }, by);
    await expect(say(volunteer)).rejects.toMatchObject(refused('not-found'));
    expect((await say(beneficiary)).verified).toBe(1);
    await expect(say(beneficiary)).rejects.toMatchObject(refused('conflict'));
    expect((await house.call(listMyHours, {}, volunteer)).verifiedMinutes).toBe(120);
  });

  it('that a leader refuses may be confirmed by staff', async () => {
    const { confirm, signUpId, leader, volunteer } = await serve();
    const refuse = (by: PersonPrincipal) =>
      house.call(refuseAttendance, { params: { id: signUpId }, body: { reason: '中途离开' } }, by);
    await expect(refuse(volunteer)).rejects.toMatchObject(refused('not-found'));
    expect((await refuse(leader)).refusal).toBe('中途离开');
    expect(await confirm()).toBe('not-ready');
    expect(await confirm(house.officer)).toBe('verified');
    await expect(refuse(leader)).rejects.toMatchObject(refused('conflict'));
  });

  it('are no more than eight in a day, over all shifts', async () => {
    const shifts = [0, 1, 2].map((one) => shiftIn(house, 1 + one * 5, { minutes: 240 }));
    const { activity, leader } = await openActivity(house, shifts);
    const volunteer = await house.newVolunteer();
    const ids = [];
    for (const shift of activity.shifts) ids.push((await join(house, shift.id, volunteer)).id);
    const scan = async (shiftId: string, kind: 'in' | 'out') => {
      const body = { shiftId, kind, code: await codeOf(volunteer) };
      await house.call(scanVolunteer, { body }, leader);
    };
    for (const shift of activity.shifts) {
      const begins = Date.parse(shift.startsAt) - house.clock.now().getTime();
      house.clock.advanceMs(begins - 5 * minuteMs);
      await scan(shift.id, 'in');
      advance(250);
      await scan(shift.id, 'out');
    }
    await house.call(confirmAttendances, { body: { signUpIds: ids } }, leader);
    const { items } = await house.call(listMyHours, {}, volunteer);
    const byDay = new Map<string, number>();
    for (const { id } of items) {
      const { days } = await house.call(readHours, { params: { id } }, volunteer);
      for (const { on, minutes } of days) byDay.set(on, (byDay.get(on) ?? 0) + minutes);
    }
    expect(Math.max(...byDay.values())).toBeLessThanOrEqual(480);
    const all = items.reduce((sum, one) => sum + one.minutes + one.beyondCap, 0);
    expect(all).toBe(720);
  });

  it('are corrected by an officer with a history, and only the difference is told', async () => {
    const { confirm, signUpId, volunteer } = await serve();
    await confirm();
    const correct = (minutes: number, by = house.officer, key = newId()) =>
      house.call(
        correctHours,
        { params: { id: signUpId }, body: { minutes, reason: '提前离开' } },
        by,
        key,
      );
    await expect(correct(60, house.stranger)).rejects.toMatchObject(refused('not-found'));
    await expect(correct(121)).rejects.toMatchObject(refused('beyond-shift'));
    await expect(correct(120)).rejects.toMatchObject(refused('conflict'));
    const key = newId();
    const first = await correct(60, house.officer, key);
    expect(await correct(60, house.officer, key)).toEqual(first);
    const second = await correct(90);
    expect(second.corrections.map(({ before, after }) => [before, after])).toEqual([
      [120, 60],
      [60, 90],
    ]);
    const told = (await payloads(hoursCorrected.name)).filter((one) => one.hoursId === signUpId);
    expect(told.map(({ version }) => version)).toEqual([2, 3]);
    expect((await house.call(listMyHours, {}, volunteer)).verifiedMinutes).toBe(90);
    await eventually(async () => {
      const moves = [...house.ledger.transfers.values()].filter(
        (one) => one.reference === `hours:${signUpId}`,
      );
      const givenTo = moves[0]?.creditAccountId;
      const sum = moves.reduce(
        (all, one) => all + (one.creditAccountId === givenTo ? one.amount : -one.amount),
        0,
      );
      return sum === 90;
    });
  });

  it('that somebody typed stand apart, and nothing that earns is told of them', async () => {
    const { leader, team } = await openShift();
    const member = await house.newVolunteer();
    const on = '2026-11-10';
    const record = (personId: string, by = leader, day = on) => {
      const body = { teamId: team.id, personId, on: day, minutes: 300, words: '入户探访' };
      return house.call(recordHours, { body }, by);
    };
    const outside = record(member.personId);
    await expect(outside).rejects.toMatchObject(refused('unknown-volunteer'));
    const { id } = await house.call(applyForMembership, { body: { teamId: team.id } }, member);
    await house.call(admitMember, { params: { id } }, leader);
    const byMember = record(member.personId, member);
    await expect(byMember).rejects.toMatchObject(refused('not-found'));
    const future = record(member.personId, leader, '2099-01-01');
    await expect(future).rejects.toMatchObject(refused('day-in-future'));
    const hours = await record(member.personId);
    const mine = await house.call(listMyHours, {}, member);
    expect(mine).toMatchObject({ verifiedMinutes: 0, recordedMinutes: 300 });
    const told = [
      ...(await payloads(hoursVerified.name)),
      ...(await payloads(hoursCorrected.name)),
    ];
    expect(told.some((one) => one.personId === member.personId)).toBe(false);
    const query = { kind: 'recorded' as const };
    const page = await house.call(listHours, { query }, house.officer);
    expect(page.items.map((one) => one.id)).toContain(hours.id);
    expect((await house.call(listHours, { query }, house.stranger)).items).toEqual([]);
  });
});

it('lists an activity of many people who never served before', async () => {
  const manager = personAs('city-officer', { areaPaths: [city], programmeId });
  const body = { crowdNewcomers: 5, samplePercent: 100 };
  await house.call(setVolunteeringSettings, { body }, manager);
  const { activity, leader, shift } = await openActivity(house, [shiftIn(house, 1, { places: 9 })]);
  const people: PersonPrincipal[] = [];
  for (let one = 0; one < 6; one += 1) people.push(await house.newVolunteer());
  const signUps = [];
  for (const one of people) signUps.push((await join(house, shift.id, one)).id);
  const scanAll = async (kind: 'in' | 'out') => {
    for (const one of people) {
      const scan = { shiftId: shift.id, kind, code: await codeOf(one) };
      await house.call(scanVolunteer, { body: scan }, leader);
    }
  };
  advance(60);
  await scanAll('in');
  advance(120);
  await scanAll('out');
  await house.call(confirmAttendances, { body: { signUpIds: signUps } }, leader);
  const query = { openOnly: 'true' as const, limit: 100 };
  const { items } = await house.call(listReviews, { query }, house.officer);
  const listed = items.filter(({ activityId }) => activityId === activity.id);
  expect(listed.filter(({ kind }) => kind === 'sample')).toHaveLength(6);
  expect(listed.filter(({ kind }) => kind === 'crowd')).toMatchObject([{ hoursId: null }]);
});

const anybody = "UNHEX(REPEAT('0', 32))";
const nobody = "UNHEX(REPEAT('7', 32))";

it.each([
  ['V1', "UPDATE volunteering_member SET role = 'member' WHERE role = 'leader' LIMIT 1"],
  ['V1', 'UPDATE volunteering_member SET live_person_id = NULL LIMIT 1'],
  [
    'V2',
    'UPDATE volunteering_person SET left_at = UTC_TIMESTAMP(3) WHERE person_id = (SELECT MIN(person_id) FROM volunteering_volunteer)',
  ],
  ['V3', 'UPDATE volunteering_activity SET decided_by = NULL LIMIT 1'],
  ['V3', 'UPDATE volunteering_activity SET decided_by = changed_by LIMIT 1'],
  ['V4', `UPDATE volunteering_seat SET taken = taken + 1 WHERE skill_id = ${anybody} LIMIT 1`],
  ['V4', 'UPDATE volunteering_seat SET places = 0 WHERE taken > 0 LIMIT 1'],
  [
    'V4',
    "UPDATE volunteering_sign_up SET state = 'waiting' WHERE state = 'signed' AND ends_at > '2026-11-11' LIMIT 1",
  ],
  ['V5', 'UPDATE volunteering_sign_up SET live_person_id = NULL LIMIT 1'],
  [
    'V5',
    `INSERT INTO volunteering_sign_up SELECT ${nobody}, programme_id, activity_id, ${nobody},
      person_id, live_person_id, skill_id, state, starts_at, ends_at, is_assisted, signed_at,
      remind_at, ended_at FROM volunteering_sign_up WHERE live_person_id IS NOT NULL LIMIT 1`,
  ],
  [
    'V6',
    "UPDATE volunteering_hours SET minutes = minutes + 1 WHERE kind = 'verified' AND version = 1 LIMIT 1",
  ],
  [
    'V6',
    "UPDATE volunteering_attendance SET confirmed_by = person_id WHERE state = 'verified' LIMIT 1",
  ],
  ['V6', "UPDATE volunteering_hours SET kind = 'verified' WHERE kind = 'recorded' LIMIT 1"],
  ['V6', 'UPDATE volunteering_shift SET served_at = NULL'],
  ['V7', 'UPDATE volunteering_hours_day SET minutes = minutes + 1 LIMIT 1'],
  ['V7', 'UPDATE volunteering_correction SET minutes_after = minutes_after - 1 LIMIT 1'],
  ['V8', 'UPDATE volunteering_day SET minutes = minutes + 1 LIMIT 1'],
  [
    'V9',
    "UPDATE volunteering_attendance SET present_person_id = person_id WHERE state = 'verified' LIMIT 1",
  ],
  ['V9', "UPDATE volunteering_attendance SET in_at = NULL WHERE state = 'verified' LIMIT 1"],
  [
    'V10',
    'UPDATE volunteering_hours SET posted_minutes = posted_minutes - 1 WHERE post_at IS NULL LIMIT 1',
  ],
])('%s names what is wrong: %s', async (name, fault) => {
  expect(await house.auditWith(fault)).toContain(name);
});
