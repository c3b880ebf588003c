import {
  actorOf,
  auditActor,
  requireArea,
  requirePermission,
  requirePerson,
} from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { volunteeringProblems } from '@ddp/contracts/volunteering/problems';
import type {
  assistSignUp as assistRoute,
  signUp as route,
} from '@ddp/contracts/volunteering/sign-up-routes';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { decideFitness, reminderOf } from '../domain/sign-up.ts';
import { findActivity } from '../store/activities.ts';
import { insertAssistance, lockPerson } from '../store/people.ts';
import { readSettings } from '../store/settings.ts';
import { listSeats, lockShift, type StoredShift, takeSeat } from '../store/shifts.ts';
import { findSignUpIn, insertSignUp, isBusy } from '../store/sign-ups.ts';
import { findVolunteer, listSkillsOf } from '../store/volunteers.ts';
import { readSignUp } from './list-sign-ups.ts';

type Tx = Transaction<VolunteeringDatabase>;

interface Wanted {
  personId: string;
  shiftId: string;
  skillId: string | null;
}

/** Signs the caller up for a shift: a place where one is free, else the end of the waiting list. */
export async function signUp(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('resident', principal);
  const { personId } = requirePerson(principal);
  const command = { actor: actorOf(principal), key, name: 'sign-up', input: body };
  return runCommand(deps.store, command, async (tx) => {
    const id = await takePlace(deps, tx, { ...body, personId }, false);
    return readSignUp(tx, id);
  });
}

/** Signs up somebody without a phone, by staff of where they live, with the consent that was given. */
export async function assistSignUp(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof assistRoute>,
): Promise<RouteResult<typeof assistRoute>> {
  requirePermission('volunteering.assist', principal);
  const staff = requirePerson(principal);
  const { store } = deps;
  const { consent, ...wanted } = body;
  const { personId } = wanted;
  if (personId === staff.personId) throw new Problem(volunteeringProblems.ownConsent);
  const command = { actor: actorOf(principal), key, name: 'assist-sign-up', input: body };
  return runCommand(store, command, async (tx) => {
    const volunteer = await findVolunteer(tx, personId, staff.areaPaths);
    if (!volunteer) throw new Problem(commonProblems.notFound);
    requireArea(principal, volunteer.areaPath);
    const id = await takePlace(deps, tx, wanted, true);
    const act = { act: 'sign-up', objectId: id, personId, by: staff, consent } as const;
    await insertAssistance(tx, store.clock, act);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'assist-sign-up',
      objectKind: 'sign-up',
      objectId: id,
      detail: { personId, consent: consent.kind },
    });
    return readSignUp(tx, id);
  });
}

/** A place where one is free, else the end of the waiting list; answers the sign-up. */
export async function takePlace(
  { store }: VolunteeringDeps,
  tx: Tx,
  wanted: Wanted,
  isAssisted: boolean,
): Promise<string> {
  const { personId, skillId } = wanted;
  const shift = await lockOpenShift({ store }, tx, wanted.shiftId);
  await requireFit(tx, shift, wanted);
  await requireFree(tx, shift, personId);
  const seats = (await listSeats(tx, [shift.id])).get(shift.id) ?? [];
  const seat = seats.find((one) => one.skillId === skillId && one.places > 0);
  if (!seat) throw new Problem(volunteeringProblems.noSuchSeat);
  const state = (await takeSeat(tx, { id: shift.id, skillId })) ? 'signed' : 'waiting';
  const { reminderHours } = await readSettings(tx, shift.programmeId);
  const now = await readNow(tx, store.clock);
  const { activityId, programmeId, startsAt, endsAt } = shift;
  const remindAt = reminderOf(startsAt, now, reminderHours);
  const of = { activityId, programmeId, shiftId: shift.id, personId, startsAt, endsAt };
  const one = { ...of, id: newId(), skillId, state, isAssisted, remindAt } as const;
  if (!(await insertSignUp(tx, store.clock, one))) throw new Error('a place was taken twice');
  return one.id;
}

/** A shift that has not begun, locked. Throws where there is none to sign up for. */
export async function lockOpenShift(
  { store }: Pick<VolunteeringDeps, 'store'>,
  tx: Tx,
  shiftId: string,
): Promise<StoredShift> {
  const shift = await lockShift(tx, shiftId);
  if (!shift || shift.state === 'draft') throw new Problem(commonProblems.notFound);
  const hasBegun = shift.startsAt <= (await readNow(tx, store.clock));
  if (hasBegun || shift.state !== 'open') throw new Problem(volunteeringProblems.shiftBegun);
  return shift;
}

/** Locks the person and throws unless the place is for somebody like them. */
export async function requireFit(
  tx: Tx,
  shift: StoredShift,
  { personId, skillId }: Pick<Wanted, 'personId' | 'skillId'>,
): Promise<void> {
  const isPresent = await lockPerson(tx, personId);
  const volunteer = isPresent ? await findVolunteer(tx, personId) : null;
  if (!volunteer) throw new Problem(volunteeringProblems.noProfile);
  const activity = await findActivity(tx, shift.activityId);
  if (!activity || volunteer.programmeId !== shift.programmeId) {
    throw new Problem(commonProblems.notFound);
  }
  const skillIds = (await listSkillsOf(tx, [personId])).get(personId)?.map(({ id }) => id) ?? [];
  const { leastAge, mostAge } = activity;
  const terms = { on: civilDateOf(shift.startsAt), leastAge, mostAge, skillId };
  switch (decideFitness({ ...volunteer, skillIds }, terms)) {
    case 'fits':
      return;
    case 'age-outside':
      throw new Problem(volunteeringProblems.ageOutside);
    case 'guardian-wanted':
      throw new Problem(volunteeringProblems.guardianWanted);
    case 'skill-wanted':
      throw new Problem(volunteeringProblems.skillWanted);
  }
}

/** Throws where the locked person waits or has a place at that time. */
export async function requireFree(tx: Tx, shift: StoredShift, personId: string): Promise<void> {
  if (await findSignUpIn(tx, shift.id, personId)) {
    throw new Problem(volunteeringProblems.signedUpAlready);
  }
  if (await isBusy(tx, personId, shift)) throw new Problem(volunteeringProblems.overlappingShift);
}
