import { openPlaceCode, readPlaceCode } from '@ddp/contracts/codes/place-code-routes';
import { issueResidentCard } from '@ddp/contracts/codes/resident-card-routes';
import { consentVersion } from '@ddp/contracts/points/consent-version';
import { listMyReversals } from '@ddp/contracts/points/reversal-routes';
import { assistJoining, readStatement } from '@ddp/contracts/points/routes';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import {
  checkIn,
  confirmAttendances,
  listMyAttendances,
  sayLeaving,
  scanCard,
} from '@ddp/contracts/volunteering/attendance-routes';
import {
  correctHours,
  listHours,
  listMyHours,
  readHours,
  recordHours,
} from '@ddp/contracts/volunteering/hour-routes';
import {
  acceptSubstitution,
  assistSignUp,
  listMySignUps,
  offerSubstitution,
  signUp,
} from '@ddp/contracts/volunteering/sign-up-routes';
import { admitMember, applyForMembership } from '@ddp/contracts/volunteering/team-routes';
import {
  assistProfile,
  readMyProfile,
  recordGuardianConsent,
} from '@ddp/contracts/volunteering/volunteer-routes';
import { eventually } from '@ddp/testing/module-harness';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openVolunteeringHouse, type VolunteeringHouse } from './volunteering-house.ts';

const minuteMs = 60_000;
/** Six in the evening in Asia/Shanghai; the shift is from ten to two. */
const evening = new Date('2026-11-10T10:00:00.000Z');
const begins = new Date('2026-11-10T14:00:00.000Z');
const at = (minutes: number) => new Date(begins.getTime() + minutes * minuteMs).toISOString();
const refused = (slug: string) => ({ slug });
const consent = { kind: 'spoken' as const, words: '本人口述，网格员在场', on: '2026-11-10' };

let house: VolunteeringHouse;
let placeCodeId: string;
beforeAll(async () => {
  house = await openVolunteeringHouse(evening);
  const place = { areaCode: '150603', name: '车站', opensAt: at(-60), minutesOpen: 420 };
  placeCodeId = (await house.call(openPlaceCode, { body: place }, house.officer)).id;
}, 60_000);
afterAll(() => house?.stop());

const shown = async () => {
  const face = await house.call(readPlaceCode, { params: { id: placeCodeId } }, house.officer);
  return face.code ?? '';
};

interface Night {
  leader: PersonPrincipal;
  early: PersonPrincipal;
  substitute: PersonPrincipal;
  minor: PersonPrincipal;
  elderId: string;
  teamId: string;
  shiftId: string;
  /** Sign-ups by who has the place. */
  places: Record<'early' | 'substitute' | 'minor' | 'elder', string>;
}

const check = (signUpId: string, kind: 'in' | 'out', code: string, by: PersonPrincipal) =>
  house.call(checkIn, { body: { signUpId, kind, code } }, by);

/** A minor wants a guardian's word, an elder staff with a consent, and one cannot come. */
async function signAllUp(): Promise<Night> {
  const leader = await house.newVolunteer('队长');
  const [early, holder, substitute] = [
    await house.newVolunteer('早退'),
    await house.newVolunteer('有事'),
    await house.newVolunteer('替班'),
  ];
  const minor = await house.newVolunteer('未满', '2012-05');
  const { shiftId, teamId } = await house.openShift(leader, begins, 240, placeCodeId);
  const join = async (by: PersonPrincipal) =>
    (await house.call(signUp, { body: { shiftId } }, by)).id;
  await expect(join(minor)).rejects.toMatchObject(refused('guardian-wanted'));
  const guardian = { consent: { ...consent, kind: 'guardian' as const } };
  const agreed = { params: { id: minor.personId }, body: guardian };
  await house.call(recordGuardianConsent, agreed, house.officer);
  const { number } = await house.call(readMyProfile, {}, substitute);
  const question = { signUpId: await join(holder), number };
  const { id } = await house.call(offerSubstitution, { body: question }, holder);
  await house.call(acceptSubstitution, { params: { id } }, substitute);
  const { items } = await house.call(listMySignUps, {}, substitute);
  const people = { leader, early, substitute, minor };
  const elder = await signElderUp(shiftId);
  const places = { early: await join(early), minor: await join(minor), elder: elder.signUpId };
  const all = { ...places, substitute: items[0]?.id ?? '' };
  return { ...people, elderId: elder.personId, teamId, shiftId, places: all };
}

async function signElderUp(shiftId: string) {
  const personId = await house.register('巴图');
  const profile = { personId, birthMonth: '1950-01', consent };
  await house.call(assistProfile, { body: profile }, house.officer);
  await house.call(assistJoining, { body: { personId, consent, consentVersion } }, house.officer);
  const wanted = { personId, shiftId, consent };
  const { id: signUpId } = await house.call(assistSignUp, { body: wanted }, house.officer);
  return { personId, signUpId };
}

/** By the code at the place; a photograph of it is worth nothing when its moment is over. */
async function checkAllIn(night: Night) {
  const { early, substitute, minor, leader, elderId, shiftId, places } = night;
  house.advance(4 * 60 - 15);
  const photographed = await shown();
  const entered = await check(places.early, 'in', photographed, early);
  expect(entered).toMatchObject({ state: 'present', inWay: 'place', minutes: 0 });
  house.advance(2);
  const sent = check(places.substitute, 'in', photographed, substitute);
  await expect(sent).rejects.toMatchObject(refused('place-code-refused'));
  await check(places.substitute, 'in', await shown(), substitute);
  await house.scan(leader, shiftId, 'in', minor);
  const body = { areaCode: '150603', personId: elderId };
  const { shortCode: card } = await house.call(issueResidentCard, { body }, house.officer);
  const scanned = (kind: 'in' | 'out') =>
    house.call(scanCard, { body: { shiftId, kind, card } }, house.officer);
  await scanned('in');
  return scanned;
}

/** Three hours later one leaves; at the end two do, and one forgets. */
async function leave(night: Night, scanCardOut: () => Promise<{ minutes: number }>) {
  const { early, substitute, minor, leader, shiftId, places } = night;
  house.advance(13 + 180);
  await check(places.early, 'out', await shown(), early);
  house.advance(61);
  await house.scan(leader, shiftId, 'out', minor);
  expect(await scanCardOut()).toMatchObject({ minutes: 240, inWay: 'card' });
  house.advance(65);
  await eventually(async () => {
    const page = await house.call(listMyAttendances, {}, substitute);
    return page.items[0]?.state === 'forgotten';
  });
  const tap = { params: { id: places.substitute }, body: { leftAt: at(240) } };
  expect((await house.call(sayLeaving, tap, substitute)).minutes).toBe(240);
}

async function confirmAndEarn({ leader, early, substitute, minor, elderId, places }: Night) {
  const signUpIds = Object.values(places);
  const { results } = await house.call(confirmAttendances, { body: { signUpIds } }, leader);
  expect(results.map(({ outcome }) => outcome)).toEqual(signUpIds.map(() => 'verified'));
  const whole = await house.call(readHours, { params: { id: places.early } }, early);
  expect(whole.days).toEqual([
    { on: '2026-11-10', minutes: 120 },
    { on: '2026-11-11', minutes: 60 },
  ]);
  await house.expectPoints(early, 30);
  await house.expectPoints(substitute, 40);
  await house.expectPoints(minor, 40);
  await eventually(async () => {
    const input = { params: { id: elderId } };
    return (await house.call(readStatement, input, house.officer)).points === 40;
  });
}

/** What a leader types in is kept apart and earns nothing. */
async function typeIn({ leader, early, teamId }: Night) {
  const { id } = await house.call(applyForMembership, { body: { teamId } }, early);
  await house.call(admitMember, { params: { id } }, leader);
  const typed = { teamId, personId: early.personId, on: '2026-11-10', minutes: 480, words: '探访' };
  await house.call(recordHours, { body: typed }, leader);
  const mine = await house.call(listMyHours, {}, early);
  expect(mine).toMatchObject({ verifiedMinutes: 180, recordedMinutes: 480 });
}

/** More is earned at once; less goes back by notice, in the difference alone. */
async function correct({ early, substitute, places }: Night) {
  const set = (id: string, minutes: number) =>
    house.call(
      correctHours,
      { params: { id }, body: { minutes, reason: '核对监控' } },
      house.otherOfficer,
    );
  await set(places.early, 240);
  await house.expectPoints(early, 40);
  await set(places.substitute, 120);
  await eventually(async () => {
    const { items } = await house.call(listMyReversals, {}, substitute);
    return items[0]?.state === 'noticed';
  });
  await house.expectPoints(substitute, 40);
  house.advance(17 * 24 * 60);
  await house.expectPoints(substitute, 20);
  await house.expectPoints(early, 40);
}

it('J3 and J7: a night is scanned, confirmed and corrected, and earns by its minutes', async () => {
  const night = await signAllUp();
  const scanned = await checkAllIn(night);
  await leave(night, () => scanned('out'));
  await confirmAndEarn(night);
  await typeIn(night);
  await correct(night);
  const led = await house.call(listHours, { query: { kind: 'verified' } }, house.officer);
  expect(led.items.map(({ minutes }) => minutes).sort()).toEqual([120, 240, 240, 240]);
  await eventually(async () => (await house.audit()).length === 0);
  expect(await house.audit()).toEqual([]);
}, 60_000);
