import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { volunteeringProblems } from '@ddp/contracts/volunteering/problems';
import type {
  readMyCode as codeRoute,
  readMyCodeSvg as codeSvgRoute,
  listVolunteers as listRoute,
  readMyProfile as ownRoute,
  readVolunteer as route,
} from '@ddp/contracts/volunteering/volunteer-routes';
import type { Volunteer } from '@ddp/contracts/volunteering/volunteers';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { type ClockOffset, readNow } from '@ddp/db-kit/time';
import { renderSvg } from '@ddp/qr/svg';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Kysely } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { isMinorOn, lastMonthOfAge } from '../domain/age.ts';
import { codeOfStep, endOfStep, stepAt } from '../domain/volunteer-code.ts';
import {
  findVolunteer,
  listSkillsOf,
  listVolunteers as listStored,
  type StoredVolunteer,
} from '../store/volunteers.ts';

export async function readMyProfile(
  { store }: VolunteeringDeps,
  { principal }: Caller,
): Promise<RouteResult<typeof ownRoute>> {
  const own = await readOwn(store.db, principal);
  const [shown] = await showVolunteers(store.db, store.clock, [own]);
  return shown as Volunteer;
}

/** The caller's code of this moment, for a leader to scan. */
export async function readMyCode(
  { store, clock, volunteerKeys }: VolunteeringDeps,
  { principal }: Caller,
): Promise<RouteResult<typeof codeRoute>> {
  const { number, seal } = await readOwn(store.db, principal);
  const step = stepAt(clock.now());
  const code = `${number}${codeOfStep(volunteerKeys.secretOf(number, seal), step)}`;
  return { code, validUntil: endOfStep(step).toISOString() };
}

export async function readMyCodeSvg(
  deps: VolunteeringDeps,
  caller: Caller,
): Promise<RouteResult<typeof codeSvgRoute>> {
  const { code } = await readMyCode(deps, caller);
  return new TextEncoder().encode(renderSvg(code));
}

export async function listVolunteers(
  { store }: VolunteeringDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  requirePermission('volunteering.read', principal);
  const { areaPaths } = requirePerson(principal);
  const { skillId, limit } = query;
  const today = civilDateOf(await readNow(store.db, store.clock));
  const bornAfter = query.minorsOnly === 'true' ? lastMonthOfAge(today) : null;
  const page = { after: decodeCursor(query.cursor, idCursor), limit };
  const found = await listStored(store.db, areaPaths, { skillId, bornAfter }, page);
  const { items, nextCursor } = toPage(
    found,
    limit,
    (one) => one,
    ({ personId }) => personId,
  );
  return { items: await showVolunteers(store.db, store.clock, items), nextCursor };
}

export async function readVolunteer(
  { store }: VolunteeringDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('volunteering.read', principal);
  const { areaPaths } = requirePerson(principal);
  const found = await findVolunteer(store.db, params.id, areaPaths);
  if (!found) throw new Problem(commonProblems.notFound);
  const [shown] = await showVolunteers(store.db, store.clock, [found]);
  return shown as Volunteer;
}

async function readOwn(
  db: Kysely<VolunteeringDatabase>,
  principal: Caller['principal'],
): Promise<StoredVolunteer> {
  requirePermission('resident', principal);
  const own = await findVolunteer(db, requirePerson(principal).personId);
  if (!own) throw new Problem(volunteeringProblems.noProfile);
  return own;
}

/** Volunteers with their skills; nothing of their secrets. */
export async function showVolunteers(
  db: Kysely<VolunteeringDatabase>,
  clock: ClockOffset,
  volunteers: readonly StoredVolunteer[],
): Promise<Volunteer[]> {
  const skills = await listSkillsOf(
    db,
    volunteers.map(({ personId }) => personId),
  );
  const today = civilDateOf(await readNow(db, clock));
  return volunteers.map((one) => ({
    personId: one.personId,
    maskedName: one.maskedName,
    areaPath: one.areaPath,
    birthMonth: one.birthMonth,
    isMinor: isMinorOn(one.birthMonth, today),
    guardianConsentOn: one.guardianOn,
    number: one.number,
    skills: skills.get(one.personId) ?? [],
    joinedAt: one.joinedAt.toISOString(),
  }));
}
