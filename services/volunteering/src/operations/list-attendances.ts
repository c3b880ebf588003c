import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type {
  listMyAttendances as ownRoute,
  listAttendances as route,
} from '@ddp/contracts/volunteering/attendance-routes';
import type { Attendance } from '@ddp/contracts/volunteering/attendances';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { VolunteeringDeps } from '../deps.ts';
import { minutesOf } from '../domain/attendance.ts';
import { listAttendances as listStored, type StoredAttendance } from '../store/attendances.ts';
import { requireLedShift } from './check-in.ts';
import { requireOrganiser } from './require-lead.ts';

/** Who came, for who leads the shift. */
export async function listAttendances(
  { store }: VolunteeringDeps,
  { principal }: Caller,
  { params, query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const person = requireOrganiser(principal);
  await requireLedShift(store.db, person, params.id);
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit };
  const rows = await listStored(store.db, { shiftId: params.id }, page);
  return toPage(
    rows,
    query.limit,
    (one) => ({ ...showAttendance(one), personId: one.personId, maskedName: one.maskedName }),
    ({ signUpId }) => signUpId,
  );
}

export async function listMyAttendances(
  { store }: VolunteeringDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof ownRoute>,
): Promise<RouteResult<typeof ownRoute>> {
  requirePermission('resident', principal);
  const { personId } = requirePerson(principal);
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit };
  const rows = await listStored(store.db, { personId }, page);
  return toPage(rows, query.limit, showAttendance, ({ signUpId }) => signUpId);
}

export function showAttendance(one: StoredAttendance): Attendance {
  return {
    signUpId: one.signUpId,
    shiftId: one.shiftId,
    title: one.title,
    startsAt: one.startsAt.toISOString(),
    endsAt: one.endsAt.toISOString(),
    state: one.state,
    inAt: one.inAt?.toISOString() ?? null,
    inWay: one.inWay,
    outAt: one.outAt?.toISOString() ?? null,
    outWay: one.outWay,
    isLate: one.isLate,
    minutes: minutesOf(one),
    refusal: one.refusal,
  };
}
