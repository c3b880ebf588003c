import type { PersonPrincipal } from '@ddp/contracts/principal';
import type { RouteInput } from '@ddp/contracts/route';
import {
  addShift,
  approveActivity,
  createActivity,
  publishActivity,
  submitActivity,
} from '@ddp/contracts/volunteering/activity-routes';
import { signUp } from '@ddp/contracts/volunteering/sign-up-routes';
import { createTeam } from '@ddp/contracts/volunteering/team-routes';
import type { House } from './house.ts';

type NewActivity = RouteInput<typeof createActivity>['body'];
type NewShift = RouteInput<typeof addShift>['body'];

/** A team with its leader. */
export async function foundTeam(house: House) {
  const leader = await house.newVolunteer();
  const body = { name: '邻里互助队', areaCode: '150603', leaderId: leader.personId };
  const team = await house.call(createTeam, { body }, house.officer);
  return { leader, team };
}

/** A shift that begins in so many hours. */
export const shiftIn = (house: House, hours: number, over: Partial<NewShift> = {}): NewShift => ({
  startsAt: new Date(house.clock.now().getTime() + hours * 3_600_000).toISOString(),
  minutes: 120,
  places: 2,
  ...over,
});

/** A draft of a new team with its shifts. */
export async function draftActivity(
  house: House,
  shifts: NewShift[],
  over: Partial<NewActivity> = {},
) {
  const { leader, team } = await foundTeam(house);
  const body = { teamId: team.id, title: '清洁河岸', areaCode: '150603001', place: '滨河公园' };
  const draft = await house.call(createActivity, { body: { ...body, ...over } }, leader);
  const params = { id: draft.id };
  for (const shift of shifts) await house.call(addShift, { params, body: shift }, leader);
  return { leader, team, params };
}

/** An activity of a new team that residents can sign up for. */
export async function openActivity(
  house: House,
  shifts: NewShift[],
  over: Partial<NewActivity> = {},
) {
  const drafted = await draftActivity(house, shifts, over);
  const { leader, params } = drafted;
  await house.call(submitActivity, { params }, leader);
  await house.call(approveActivity, { params }, house.officer);
  const activity = await house.call(publishActivity, { params }, leader);
  const [first] = activity.shifts;
  if (!first) throw new Error('the activity has no shift');
  return { ...drafted, activity, shift: first };
}

/** Signs up for a place of anybody. */
export const join = (house: House, shiftId: string, by: PersonPrincipal) =>
  house.call(signUp, { body: { shiftId } }, by);
