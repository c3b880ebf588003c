import { openPlaceCode, readPlaceCode } from '@ddp/contracts/codes/place-code-routes';
import type { HouseClient } from '@ddp/contracts/house-client';
import { readMe } from '@ddp/contracts/identity/routes';
import { readMyBalance } from '@ddp/contracts/points/routes';
import {
  addShift,
  approveActivity,
  createActivity,
  listOpenShifts,
  publishActivity,
  submitActivity,
} from '@ddp/contracts/volunteering/activity-routes';
import { checkIn, scanVolunteer } from '@ddp/contracts/volunteering/attendance-routes';
import { listMyHours, recordHours } from '@ddp/contracts/volunteering/hour-routes';
import {
  acceptSubstitution,
  offerSubstitution,
  signUp,
} from '@ddp/contracts/volunteering/sign-up-routes';
import {
  admitMember,
  applyForMembership,
  createTeam,
} from '@ddp/contracts/volunteering/team-routes';
import {
  readMyCode,
  readMyProfile,
  saveMyProfile,
} from '@ddp/contracts/volunteering/volunteer-routes';
import { drawPhone, refusalOf, signInByPhone } from './house.ts';
import { assertSame, type Step } from './step.ts';
import type { WalkOptions } from './walk-rating.ts';

export interface VolunteeringOptions extends WalkOptions {
  officers: readonly HouseClient[];
}

interface Volunteers {
  leader: HouseClient;
  holder: HouseClient;
  substitute: HouseClient;
}

/**
 * J3, as far as a clock on the wall allows: a team opens a shift that another officer approved, a place
 * goes to a substitute, and who comes is scanned. What is typed in stands apart and earns nothing.
 */
export async function walkVolunteering(options: VolunteeringOptions): Promise<void> {
  const { step } = options;
  const people = await step('residents register as volunteers', () => registerThree(options));
  const opened = await openShift(options, people);
  const place = await step('a place is taken, and handed to a substitute', async () => {
    const { holder, substitute } = people;
    const { items } = await holder.call(listOpenShifts, { query: { search: opened.title } });
    assertSame(items[0]?.id, opened.shiftId, 'the shift on offer');
    const body = { shiftId: opened.shiftId };
    const { id: signUpId } = await holder.call(signUp, { body });
    const { number } = await substitute.call(readMyProfile, {});
    const { id } = await holder.call(offerSubstitution, { body: { signUpId, number } });
    await substitute.call(acceptSubstitution, { params: { id } });
    assertSame(await refusalOf(substitute.call(signUp, { body })), 'signed-up-already', 'a second');
    return body;
  });
  await scan(options, people, { ...opened, ...place });
  await typeIn(step, people, opened.teamId);
}

async function registerThree({ house, areaCode }: VolunteeringOptions): Promise<Volunteers> {
  const register = async () => {
    const client = await signInByPhone(house, drawPhone(), { role: 'resident', areaCode });
    await client.call(saveMyProfile, { body: { birthMonth: '1988-08' } });
    return client;
  };
  return { leader: await register(), holder: await register(), substitute: await register() };
}

interface Opened {
  teamId: string;
  title: string;
  shiftId: string;
  placeCodeId: string;
}

async function openShift(
  { officer, officers, areaCode, step }: VolunteeringOptions,
  { leader }: Volunteers,
): Promise<Opened> {
  const teamId = await step('an officer founds a team with its leader', async () => {
    const { personId } = await leader.call(readMe, {});
    const body = { name: '邻里互助队', areaCode, leaderId: personId };
    return (await officer.call(createTeam, { body })).id;
  });
  return step('its leader drafts a shift, and another officer approves it', async () => {
    const title = `清洁河岸 ${teamId.slice(-6)}`;
    const opensAt = new Date(Date.now() - 60_000).toISOString();
    const code = { areaCode, name: '滨河公园', opensAt, minutesOpen: 240 };
    const { id: placeCodeId } = await officer.call(openPlaceCode, { body: code });
    const activity = { teamId, title, areaCode, place: '滨河公园' };
    const { id } = await leader.call(createActivity, { body: activity });
    const params = { id };
    // The doors open half an hour before.
    const startsAt = new Date(Date.now() + 20 * 60_000).toISOString();
    const shift = { startsAt, minutes: 120, places: 2, placeCodeId };
    await leader.call(addShift, { params, body: shift });
    await leader.call(submitActivity, { params });
    await (officers[1] ?? officer).call(approveActivity, { params });
    const published = await leader.call(publishActivity, { params });
    return { teamId, title, placeCodeId, shiftId: published.shifts[0]?.id ?? '' };
  });
}

async function scan(
  { officer, step }: VolunteeringOptions,
  { leader, holder, substitute }: Volunteers,
  { shiftId, placeCodeId }: Opened,
): Promise<void> {
  await step('one is scanned by the leader, one scans the code at the place', async () => {
    const { code } = await substitute.call(readMyCode, {});
    const body = { shiftId, kind: 'in' as const, code };
    assertSame(await refusalOf(holder.call(scanVolunteer, { body })), 'not-found', 'a stranger');
    const entered = await leader.call(scanVolunteer, { body });
    assertSame(entered.state, 'present', 'who was scanned');
    const { id: signUpId } = await holder.call(signUp, { body: { shiftId } });
    const wrong = { signUpId, kind: 'in' as const, code: 'a'.repeat(28) };
    const refused = await refusalOf(holder.call(checkIn, { body: wrong }));
    assertSame(refused, 'place-code-refused', 'a made-up code');
    const face = await officer.call(readPlaceCode, { params: { id: placeCodeId } });
    const right = { ...wrong, code: face.code ?? '' };
    assertSame((await holder.call(checkIn, { body: right })).inWay, 'place', 'how one came in');
  });
}

async function typeIn(step: Step, { leader, holder }: Volunteers, teamId: string): Promise<void> {
  await step('hours that the leader types in stand apart and earn nothing', async () => {
    const { id } = await holder.call(applyForMembership, { body: { teamId } });
    await leader.call(admitMember, { params: { id } });
    const { personId } = await holder.call(readMe, {});
    const typed = { teamId, personId, on: '2026-01-01', minutes: 300, words: '入户探访老人' };
    await leader.call(recordHours, { body: typed });
    const { verifiedMinutes, recordedMinutes } = await holder.call(listMyHours, {});
    assertSame([verifiedMinutes, recordedMinutes], [0, 300], 'minutes verified and recorded');
    const earned = await holder.call(readMyBalance, {}).then(
      ({ points }) => points,
      () => 0,
    );
    assertSame(earned, 0, 'points for them');
  });
}
