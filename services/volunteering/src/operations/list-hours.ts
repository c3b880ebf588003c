import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type {
  listMyHours as ownRoute,
  readHours as readRoute,
  listHours as route,
} from '@ddp/contracts/volunteering/hour-routes';
import type { Hours } from '@ddp/contracts/volunteering/hours';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Kysely } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import {
  findHours,
  listCorrections,
  listDaysOf,
  listHours as listStored,
  type StoredHours,
  sumHours,
} from '../store/hours.ts';
import { findTeam } from '../store/teams.ts';
import { isLeading, requireOrganiser } from './require-lead.ts';

/** The caller's own hours, with the two sums that are never added up. */
export async function listMyHours(
  { store }: VolunteeringDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof ownRoute>,
): Promise<RouteResult<typeof ownRoute>> {
  requirePermission('resident', principal);
  const { personId } = requirePerson(principal);
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit };
  const rows = await listStored(store.db, { personId }, query.kind, page);
  const sums = await sumHours(store.db, personId);
  return {
    ...toPage(rows, query.limit, showHours, ({ id }) => id),
    verifiedMinutes: sums.get('verified') ?? 0,
    recordedMinutes: sums.get('recorded') ?? 0,
  };
}

export async function listHours(
  { store }: VolunteeringDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('volunteering.read', principal);
  const { areaPaths } = requirePerson(principal);
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit };
  const rows = await listStored(store.db, { scope: areaPaths }, query.kind, page);
  return toPage(rows, query.limit, showLedHours, ({ id }) => id);
}

/** Hours with their days and corrections: for whom they are of, who leads the team, and staff. */
export async function readHours(
  { store }: VolunteeringDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof readRoute>,
): Promise<RouteResult<typeof readRoute>> {
  const person = requireOrganiser(principal);
  const hours = await findHours(store.db, params.id);
  const team = hours && (await findTeam(store.db, hours.teamId));
  const isMine = hours?.personId === person.personId;
  if (!hours || !team || !(isMine || (await isLeading(store.db, person, team)))) {
    throw new Problem(commonProblems.notFound);
  }
  return showWholeHours(store.db, hours);
}

export function showHours(one: StoredHours): Hours {
  return {
    id: one.id,
    kind: one.kind,
    title: one.title,
    teamName: one.teamName,
    areaPath: one.areaPath,
    on: one.on,
    minutes: one.minutes,
    beyondCap: one.beyondCap,
    version: one.version,
    countedAt: one.countedAt.toISOString(),
  };
}

function showLedHours(one: StoredHours) {
  return { ...showHours(one), personId: one.personId, maskedName: one.maskedName };
}

export async function showWholeHours(db: Kysely<VolunteeringDatabase>, one: StoredHours) {
  const corrections = await listCorrections(db, one.id);
  return {
    ...showLedHours(one),
    days: await listDaysOf(db, one.id),
    corrections: corrections.map(({ correctedAt, ...rest }) => ({
      ...rest,
      correctedAt: correctedAt.toISOString(),
    })),
  };
}
