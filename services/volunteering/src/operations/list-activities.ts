import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import { addDays, parseCivilDate, startOf } from '@ddp/calendar/civil-date';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type {
  listOpenShifts as openRoute,
  readActivity as readRoute,
  listActivities as route,
  listTeamActivities as teamRoute,
} from '@ddp/contracts/volunteering/activity-routes';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { everywhere } from '@ddp/db-kit/scope';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { VolunteeringDeps } from '../deps.ts';
import { isPublic } from '../domain/activity-state.ts';
import { findActivity, listActivities as listStored } from '../store/activities.ts';
import { listSeats, listOpenShifts as listStoredShifts } from '../store/shifts.ts';
import { findTeam } from '../store/teams.ts';
import { teamOf } from './draft-activity.ts';
import { isLeading, requireLead, requireOrganiser } from './require-lead.ts';
import { showActivity, showOpenShift, showWholeActivity } from './show-activity.ts';

/** When it starts, then which: shifts of one minute go on behind both. */
const shiftCursor = /^[0-9]{1,15}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function listActivities(
  { store }: VolunteeringDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('volunteering.read', principal);
  const { areaPaths } = requirePerson(principal);
  const { state, search, limit } = query;
  const page = { after: decodeCursor(query.cursor, idCursor), limit };
  const rows = await listStored(store.db, areaPaths, { state, search }, page);
  return toPage(rows, limit, showActivity, ({ id }) => id);
}

/** All of a team, drafts too, for who leads it. */
export async function listTeamActivities(
  { store }: VolunteeringDeps,
  { principal }: Caller,
  { params, query }: RouteRequest<typeof teamRoute>,
): Promise<RouteResult<typeof teamRoute>> {
  const person = requireOrganiser(principal);
  await requireLead(store.db, person, await findTeam(store.db, params.id));
  const { state, search, limit } = query;
  const page = { after: decodeCursor(query.cursor, idCursor), limit };
  const filter = { teamId: params.id, state, search };
  const rows = await listStored(store.db, everywhere, filter, page);
  return toPage(rows, limit, showActivity, ({ id }) => id);
}

/** Whoever leads it sees it as it stands, others of its programme once it is published. */
export async function readActivity(
  { store }: VolunteeringDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof readRoute>,
): Promise<RouteResult<typeof readRoute>> {
  requirePermission('signed-in', principal);
  const person = requirePerson(principal);
  const activity = await findActivity(store.db, params.id);
  const team = teamOf(activity);
  if (!activity || !team) throw new Problem(commonProblems.notFound);
  const isOpen = isPublic(activity.state) && activity.programmeId === person.programmeId;
  if (!isOpen && !(await isLeading(store.db, person, team))) {
    throw new Problem(commonProblems.notFound);
  }
  return showWholeActivity(store.db, activity.id);
}

/** What can be signed up for in the programme, the soonest first. */
export async function listOpenShifts(
  { store }: VolunteeringDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof openRoute>,
): Promise<RouteResult<typeof openRoute>> {
  requirePermission('signed-in', principal);
  const { programmeId } = requirePerson(principal);
  const { search, areaCode, skillId, limit } = query;
  const after = decodeAfter(query.cursor);
  if (programmeId === null) return { items: [], nextCursor: null };
  const filter = { search, areaCode, skillId, between: dayOf(query.on) };
  const page = { after, limit };
  const rows = await listStoredShifts(store.db, store.clock, programmeId, filter, page);
  const seats = await listSeats(
    store.db,
    rows.map(({ id }) => id),
  );
  return toPage(
    rows,
    limit,
    (row) => showOpenShift(row, seats.get(row.id) ?? []),
    ({ startsAt, id }) => `${startsAt.getTime()}.${id}`,
  );
}

function dayOf(on: string | undefined): { from: Date; to: Date } | null {
  if (on === undefined) return null;
  const day = parseCivilDate(on);
  return { from: startOf(day), to: startOf(addDays(day, 1)) };
}

function decodeAfter(cursor: string | undefined): { startsAt: Date; id: string } | null {
  const key = decodeCursor(cursor, shiftCursor);
  if (key === null) return null;
  const [startsAt = '', id = ''] = key.split('.');
  return { startsAt: new Date(Number(startsAt)), id };
}
