import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { minutesOf, mostMinutesOf } from '../domain/attendance.ts';
import { isDrawn } from '../domain/hours.ts';
import type { StoredActivity } from '../store/activities.ts';
import { moveAttendance, type StoredAttendance } from '../store/attendances.ts';
import { insertReview } from '../store/reviews.ts';
import { readSettings } from '../store/settings.ts';
import { findVolunteer } from '../store/volunteers.ts';
import { countHours } from './count-hours.ts';
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
  const { signUpId: id, personId } = attendance;
  const volunteer = await findVolunteer(tx, personId);
  if (!volunteer) return false;
  const move = { from: ['out', 'refused', 'confirmed'] as const, to: 'verified' as const };
  mustHold(await moveAttendance(tx, id, { ...move, by: by.personId }), 'it was confirmable');
  const { programmeId, teamId, areaPath, title } = activity;
  await countHours(
    deps,
    tx,
    {
      ...{ id, programmeId, personId, teamId, activityId: activity.id, areaPath, title },
      ...{
        servedFrom: laterOf(attendance.startsAt, attendance.inAt),
        served: minutesOf(attendance),
      },
      ...{ mostMinutes: mostMinutesOf(attendance), accountId: volunteer.accountId },
    },
    by,
  );
  const { samplePercent } = await readSettings(tx, programmeId);
  await listForReview(deps, tx, { activity, attendance }, samplePercent);
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
  const { id: activityId, areaPath } = activity;
  const one = { objectId, areaPath, of: { activityId } };
  if (isDrawn(volunteerKeys.lotSecret, objectId, samplePercent)) {
    await insertReview(tx, store.clock, { ...one, kind: 'sample' });
  }
  if (inWay === 'card' || outWay === 'card') {
    await insertReview(tx, store.clock, { ...one, kind: 'assisted' });
  }
}
