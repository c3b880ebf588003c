import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type {
  listRoster as rosterRoute,
  listMySignUps as route,
} from '@ddp/contracts/volunteering/sign-up-routes';
import type { SignUp } from '@ddp/contracts/volunteering/sign-ups';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Kysely } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { isMinorOn } from '../domain/age.ts';
import { findActivity } from '../store/activities.ts';
import { findShift } from '../store/shifts.ts';
import { findSignUp, listSignUps, type StoredSignUp } from '../store/sign-ups.ts';
import { teamOf } from './draft-activity.ts';
import { requireLead, requireOrganiser } from './require-lead.ts';

export async function listMySignUps(
  { store }: VolunteeringDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('resident', principal);
  const { personId } = requirePerson(principal);
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit };
  const rows = await listSignUps(store.db, { personId }, undefined, page);
  return toPage(rows, query.limit, showSignUp, ({ id }) => id);
}

/** Who signed up, for who leads the shift. */
export async function listRoster(
  { store }: VolunteeringDeps,
  { principal }: Caller,
  { params, query }: RouteRequest<typeof rosterRoute>,
): Promise<RouteResult<typeof rosterRoute>> {
  const person = requireOrganiser(principal);
  const shift = await findShift(store.db, params.id);
  if (!shift) throw new Problem(commonProblems.notFound);
  await requireLead(store.db, person, teamOf(await findActivity(store.db, shift.activityId)));
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit };
  const rows = await listSignUps(store.db, { shiftId: shift.id }, query.state, page);
  const on = civilDateOf(shift.startsAt);
  return toPage(
    rows,
    query.limit,
    (one) => ({
      ...showSignUp(one),
      personId: one.personId,
      maskedName: one.maskedName,
      isMinor: one.birthMonth !== null && isMinorOn(one.birthMonth, on),
    }),
    ({ id }) => id,
  );
}

export async function readSignUp(db: Kysely<VolunteeringDatabase>, id: string): Promise<SignUp> {
  const stored = await findSignUp(db, id);
  if (!stored) throw new Error('a sign-up just written is not there');
  return showSignUp(stored);
}

function showSignUp(one: StoredSignUp): SignUp {
  return {
    id: one.id,
    shiftId: one.shiftId,
    activityId: one.activityId,
    title: one.title,
    place: one.place,
    startsAt: one.startsAt.toISOString(),
    endsAt: one.endsAt.toISOString(),
    skillId: one.skillId,
    state: one.state,
    isAssisted: one.isAssisted,
    signedAt: one.signedAt.toISOString(),
  };
}
