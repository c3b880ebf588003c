import type { Activity, OpenShift, Shift } from '@ddp/contracts/volunteering/activities';
import type { Kysely } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { StoredActivity } from '../store/activities.ts';
import { findActivity } from '../store/activities.ts';
import {
  listSeats,
  listShifts,
  type OpenShiftRow,
  type Seat,
  type StoredShift,
} from '../store/shifts.ts';

export function showActivity(one: StoredActivity): Activity {
  return {
    id: one.id,
    teamId: one.teamId,
    teamName: one.teamName,
    title: one.title,
    words: one.words,
    areaPath: one.areaPath,
    place: one.place,
    state: one.state,
    leastAge: one.leastAge,
    mostAge: one.mostAge,
    hasBeneficiary: one.beneficiaryId !== null,
    reason: one.reason,
    createdAt: one.createdAt.toISOString(),
  };
}

function showShift(
  { id, startsAt, endsAt, state, placeCodeId }: StoredShift,
  seats: Seat[],
): Shift {
  return {
    id,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    isCancelled: state === 'cancelled',
    seats,
    hasPlaceCode: placeCodeId !== null,
  };
}

/** An activity with its shifts, as it stands. */
export async function showWholeActivity(db: Kysely<VolunteeringDatabase>, id: string) {
  const activity = await findActivity(db, id);
  if (!activity) throw new Error('an activity just seen is not there');
  const shifts = await listShifts(db, id);
  const seats = await listSeats(
    db,
    shifts.map((shift) => shift.id),
  );
  return {
    ...showActivity(activity),
    shifts: shifts.map((shift) => showShift(shift, seats.get(shift.id) ?? [])),
  };
}

export function showOpenShift(row: OpenShiftRow, seats: Seat[]): OpenShift {
  const { activityId, title, place, areaPath, teamName } = row;
  return { ...showShift(row, seats), activityId, title, place, areaPath, teamName };
}
