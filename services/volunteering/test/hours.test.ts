import type { PersonPrincipal } from '@ddp/contracts/principal';
import {
  confirmAsBeneficiary,
  confirmAttendances,
  refuseAttendance,
  scanVolunteer,
} from '@ddp/contracts/volunteering/attendance-routes';
import { hoursCorrected, hoursVerified } from '@ddp/contracts/volunteering/events';
import {
  correctHours,
  listHours,
  listMyHours,
  listReviews,
  readHours,
  recordHours,
} from '@ddp/contracts/volunteering/hour-routes';
import { setVolunteeringSettings } from '@ddp/contracts/volunteering/settings-routes';
import { admitMember, applyForMembership } from '@ddp/contracts/volunteering/team-routes';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { city, type House, openHouse, programmeId } from './house.ts';
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

describe('hours', () => {
  it('are verified by the leader, never by oneself, once, and told to the ledger once', async () => {
    const { confirm, volunteer, signUpId, shift, leader } = await at.serve();
    expect(await confirm(volunteer)).toBe('unknown');
    expect(await confirm(leader, newId())).toBe('unknown');
    house.ledger.trouble.losesAnswers = true;
    const both = await Promise.all([confirm(), confirm()]);
    expect(both).toEqual(['verified', 'verified']);
    await eventually(async () => house.ledger.transfers.size > 0);
    house.ledger.trouble.losesAnswers = false;
    const told = (await at.payloadsOf(hoursVerified)).filter((one) => one.hoursId === signUpId);
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
    const { confirm, shift, volunteer } = await at.serve({ beneficiaryId: beneficiary.personId });
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
    const { confirm, signUpId, leader, volunteer } = await at.serve();
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
      const body = { shiftId, kind, code: await at.codeOf(volunteer) };
      await house.call(scanVolunteer, { body }, leader);
    };
    for (const shift of activity.shifts) {
      const begins = Date.parse(shift.startsAt) - house.clock.now().getTime();
      house.clock.advanceMs(begins - 5 * minuteMs);
      await scan(shift.id, 'in');
      at.advance(250);
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
    const { confirm, signUpId, volunteer } = await at.serve();
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
    const told = (await at.payloadsOf(hoursCorrected)).filter((one) => one.hoursId === signUpId);
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
    const { leader, team } = await at.openShift();
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
      ...(await at.payloadsOf(hoursVerified)),
      ...(await at.payloadsOf(hoursCorrected)),
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
      const scan = { shiftId: shift.id, kind, code: await at.codeOf(one) };
      await house.call(scanVolunteer, { body: scan }, leader);
    }
  };
  at.advance(60);
  await scanAll('in');
  at.advance(120);
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
  ['V4', 'UPDATE volunteering_seat SET starts_at = NULL WHERE taken > 0 LIMIT 1'],
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
