import { noticeRequested } from '@ddp/contracts/notices/events';
import { hoursVerified } from '@ddp/contracts/volunteering/events';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { minutesOf, mostMinutesOf } from '../domain/attendance.ts';
import { capDays, isDrawn, splitByDay, sumOf } from '../domain/hours.ts';
import type { StoredActivity } from '../store/activities.ts';
import { moveAttendance, type StoredAttendance } from '../store/attendances.ts';
import { addToDays, hasVerifiedHours, insertHours, readUsed } from '../store/hours.ts';
import { insertReview } from '../store/reviews.ts';
import { readSettings } from '../store/settings.ts';
import { findVolunteer } from '../store/volunteers.ts';
import { mustHold } from './must-hold.ts';

type Tx = Transaction<VolunteeringDatabase>;

/**
 * Makes verified hours of a scanned and confirmed attendance whose person is locked: within the shift,
 * within what counts in a day. Once, as its hours have the id of the sign-up. False where the person
 * is no volunteer any more.
 */
export async function verifyHours(
  deps: VolunteeringDeps,
  tx: Tx,
  { activity, attendance }: { activity: StoredActivity; attendance: StoredAttendance },
  by: { personId: string; requestId: string },
): Promise<boolean> {
  const { store } = deps;
  const { signUpId: id, personId } = attendance;
  const volunteer = await findVolunteer(tx, personId);
  if (!volunteer) return false;
  const move = { from: ['out', 'refused', 'confirmed'] as const, to: 'verified' as const };
  mustHold(await moveAttendance(tx, id, { ...move, by: by.personId }), 'it was confirmable');
  const { programmeId, teamId, areaPath, title } = activity;
  const { dailyMinutes, samplePercent } = await readSettings(tx, programmeId);
  const servedFrom = laterOf(attendance.startsAt, attendance.inAt);
  const served = splitByDay(servedFrom, minutesOf(attendance));
  const used = await readUsed(tx, programmeId, personId, served);
  const days = capDays(served, used, dailyMinutes);
  const minutes = sumOf(days);
  await addToDays(tx, programmeId, personId, days);
  const isFirst = !(await hasVerifiedHours(tx, personId));
  const of = { id, programmeId, personId, teamId, activityId: activity.id, areaPath, title };
  const counted = { minutes, beyondCap: sumOf(served) - minutes, isFirst };
  const fixed = { servedFrom, mostMinutes: mostMinutesOf(attendance), on: served[0]?.on ?? '' };
  const { accountId } = volunteer;
  const hours = { ...of, ...counted, ...fixed, kind: 'verified', accountId } as const;
  await insertHours(tx, store.clock, { ...hours, countedBy: by.personId }, days);
  await listForReview(deps, tx, { activity, attendance }, samplePercent);
  const event = { hoursId: id, programmeId, personId, version: 1, days };
  const told = outgoing(noticeRequested, {
    audience: { kind: 'person', personId },
    template: 'hours-verified',
    params: { activity: title, minutes },
  });
  await appendEvents(tx, store, [outgoing(hoursVerified, event), told], by.requestId);
  return true;
}

function laterOf(startsAt: Date, inAt: Date | null): Date {
  return inAt !== null && inAt > startsAt ? inAt : startsAt;
}

/** Some are drawn by lot; what staff scanned for somebody is always asked about. */
async function listForReview(
  { store, volunteerKeys }: VolunteeringDeps,
  tx: Tx,
  { activity, attendance }: { activity: StoredActivity; attendance: StoredAttendance },
  samplePercent: number,
): Promise<void> {
  const { signUpId: objectId, inWay, outWay } = attendance;
  const one = { objectId, activityId: activity.id };
  if (isDrawn(volunteerKeys.lotSecret, objectId, samplePercent)) {
    await insertReview(tx, store.clock, { ...one, kind: 'sample' });
  }
  if (inWay === 'card' || outWay === 'card') {
    await insertReview(tx, store.clock, { ...one, kind: 'assisted' });
  }
}
