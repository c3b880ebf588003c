import { actorOf, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { isStaffRole } from '@ddp/auth/permission-table';
import { noticeRequested } from '@ddp/contracts/notices/events';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type {
  confirmAsBeneficiary as beneficiaryRoute,
  refuseAttendance as refuseRoute,
  confirmAttendances as route,
} from '@ddp/contracts/volunteering/attendance-routes';
import type {
  AttendanceState,
  confirmationOutcomes,
} from '@ddp/contracts/volunteering/attendances';
import { runCommand } from '@ddp/db-kit/command';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { minutesOf } from '../domain/attendance.ts';
import { findActivity, type StoredActivity } from '../store/activities.ts';
import {
  findAttendance,
  hasScannedCard,
  listConfirmed,
  moveAttendance,
  type StoredAttendance,
} from '../store/attendances.ts';
import { countNewcomers } from '../store/hours.ts';
import { lockPerson } from '../store/people.ts';
import { insertReview } from '../store/reviews.ts';
import { readSettings } from '../store/settings.ts';
import { findShift, lockShift, markServed } from '../store/shifts.ts';
import { readAttendance } from './apply-scan.ts';
import { teamOf } from './draft-activity.ts';
import { isLeading, requireOrganiser } from './require-lead.ts';
import { showAttendance } from './show-attendance.ts';
import { verifyHours } from './verify-hours.ts';

type Tx = Transaction<VolunteeringDatabase>;
type Outcome = (typeof confirmationOutcomes)[number];

interface Led {
  activity: StoredActivity;
  attendance: StoredAttendance;
}

/**
 * Confirms attendances that the caller leads, each by itself. With it hours are verified, or, where
 * somebody is served who has not said so yet, they wait for that.
 */
export async function confirmAttendances(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const person = requireOrganiser(principal);
  const { store } = deps;
  const command = { actor: actorOf(principal), key, name: 'confirm-attendances', input: body };
  return runCommand(store, command, async (tx) => {
    const led: Led[] = [];
    for (const id of new Set(body.signUpIds)) {
      const one = await findLed(tx, person, id);
      if (one) led.push(one);
    }
    const outcomes = new Map<string, Outcome>();
    for (const one of led.sort(byPerson)) {
      outcomes.set(one.attendance.signUpId, await confirmOne(deps, tx, one, person));
    }
    await listCrowds(deps, tx, led);
    return {
      results: body.signUpIds.map((signUpId) => ({
        signUpId,
        outcome: outcomes.get(signUpId) ?? ('unknown' as const),
      })),
    };
  });
}

const byPerson = (a: Led, b: Led) => (a.attendance.personId < b.attendance.personId ? -1 : 1);

async function findLed(tx: Tx, person: PersonPrincipal, signUpId: string): Promise<Led | null> {
  const attendance = await findAttendance(tx, signUpId);
  const activity = attendance && (await findActivity(tx, attendance.activityId));
  const team = teamOf(activity);
  const isLed = team !== null && (await isLeading(tx, person, team));
  return attendance && activity && isLed ? { activity, attendance } : null;
}

async function confirmOne(
  deps: VolunteeringDeps,
  tx: Tx,
  { activity, attendance: seen }: Led,
  person: PersonPrincipal,
): Promise<Outcome> {
  if (seen.personId === person.personId) return 'own';
  // With the shift, so that the word of who is served does not pass by unseen.
  const isServedMatter = activity.beneficiaryId !== null;
  const shift = isServedMatter
    ? await lockShift(tx, seen.shiftId)
    : await findShift(tx, seen.shiftId);
  await lockPerson(tx, seen.personId);
  const attendance = await readAttendance(tx, seen.signUpId);
  if (attendance.state === 'verified') return 'verified';
  if (attendance.state === 'confirmed') return 'beneficiary-wanted';
  // What a leader refused, staff may confirm: somebody else than who refused it.
  const isOpen =
    attendance.state === 'out' ||
    (attendance.state === 'refused' && isStaffRole(person.role) && attendance.outAt !== null);
  if (!isOpen || minutesOf(attendance) === 0) return 'not-ready';
  // A card proves nothing of its own, so that two people have to say so.
  if (await hasScannedCard(tx, seen.signUpId, person.personId)) return 'own';
  if (isServedMatter && !shift?.isServed) {
    const from = ['out', 'refused'] as const;
    await moveAttendance(tx, seen.signUpId, { from, to: 'confirmed', by: person.personId });
    return 'beneficiary-wanted';
  }
  const isVerified = await verifyHours(deps, tx, { activity, attendance }, person);
  return isVerified ? 'verified' : 'unknown';
}

/** Activities in which many served who had never served before are looked at as a whole. */
async function listCrowds({ store }: VolunteeringDeps, tx: Tx, led: readonly Led[]): Promise<void> {
  for (const id of new Set(led.map(({ activity }) => activity.id))) {
    const activity = led.find((one) => one.activity.id === id)?.activity;
    if (!activity) continue;
    const { areaPath, programmeId } = activity;
    const { crowdNewcomers } = await readSettings(tx, programmeId);
    if ((await countNewcomers(tx, id)) < crowdNewcomers) continue;
    const crowd = { kind: 'crowd', objectId: id, areaPath, of: { activityId: id } } as const;
    await insertReview(tx, store.clock, crowd);
  }
}

/** Does not confirm an attendance, with a reason that the volunteer reads. */
export async function refuseAttendance(
  { store }: VolunteeringDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof refuseRoute>,
): Promise<RouteResult<typeof refuseRoute>> {
  const person = requireOrganiser(principal);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'refuse-attendance', input };
  return runCommand(store, command, async (tx) => {
    const led = await findLed(tx, person, params.id);
    if (!led) throw new Problem(commonProblems.notFound);
    const { signUpId, personId, title } = led.attendance;
    await lockPerson(tx, personId);
    const before = await readAttendance(tx, signUpId);
    const from: AttendanceState[] = ['out', 'forgotten', 'unentered', 'confirmed'];
    const move = { from, to: 'refused', by: person.personId, refusal: body.reason } as const;
    if (!(await moveAttendance(tx, signUpId, move))) throw new Problem(commonProblems.conflict);
    const told = outgoing(noticeRequested, {
      audience: { kind: 'person', personId },
      template: 'hours-refused',
      params: { activity: title, minutes: minutesOf(before) },
    });
    await appendEvents(tx, store, [told], person.requestId);
    return showAttendance(await readAttendance(tx, signUpId));
  });
}

/** Who is served says so, once for a shift: what its leader confirmed is verified. */
export async function confirmAsBeneficiary(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof beneficiaryRoute>,
): Promise<RouteResult<typeof beneficiaryRoute>> {
  requirePermission('resident', principal);
  const person = requirePerson(principal);
  const { store } = deps;
  const { shiftId } = body;
  const command = { actor: actorOf(principal), key, name: 'confirm-as-beneficiary', input: body };
  return runCommand(store, command, async (tx) => {
    const seen = await findShift(tx, shiftId);
    const activity = seen && (await findActivity(tx, seen.activityId));
    if (activity?.beneficiaryId !== person.personId) throw new Problem(commonProblems.notFound);
    await lockShift(tx, shiftId);
    if (!(await markServed(tx, store.clock, shiftId))) throw new Problem(commonProblems.conflict);
    let verified = 0;
    const led: Led[] = [];
    for (const attendance of await listConfirmed(tx, shiftId)) {
      // Nobody says of themselves that they served.
      if (attendance.personId === person.personId) continue;
      await lockPerson(tx, attendance.personId);
      const one = { activity, attendance };
      led.push(one);
      if (await verifyHours(deps, tx, one, person)) verified += 1;
    }
    await listCrowds(deps, tx, led);
    return { shiftId, verified };
  });
}
