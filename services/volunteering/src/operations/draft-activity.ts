import { actorOf } from '@ddp/auth/authorize';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type {
  changeActivity as changeRoute,
  createActivity as route,
  addShift as shiftRoute,
} from '@ddp/contracts/volunteering/activity-routes';
import { volunteeringProblems } from '@ddp/contracts/volunteering/problems';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import { resolveArea } from '@ddp/service-kit/resolve-area';
import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import {
  type ActivityFields,
  findActivity,
  insertActivity,
  lockActivity,
  type StoredActivity,
  updateActivity,
} from '../store/activities.ts';
import { insertShift, listShifts } from '../store/shifts.ts';
import { findTeam } from '../store/teams.ts';
import { listSkills } from '../store/volunteers.ts';
import { requireLead, requireOrganiser } from './require-lead.ts';
import { showWholeActivity } from './show-activity.ts';

const mostShifts = 60;

/** Drafts an activity of a team that the caller leads, at a place within the team's area. */
export async function createActivity(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const person = requireOrganiser(principal);
  const { store } = deps;
  const { areaCode, teamId, ...fields } = body;
  const team = await findTeam(store.db, teamId);
  await requireLead(store.db, person, team);
  const areaPath = await resolveArea(deps, areaCode, person.requestId);
  requireInside(areaPath, team?.areaPath);
  const command = { actor: actorOf(principal), key, name: 'create-activity', input: body };
  return runCommand(store, command, async (tx) => {
    const current = await findTeam(tx, teamId);
    await requireLead(tx, person, current);
    if (!current || current.isClosed) throw new Problem(commonProblems.conflict);
    const id = newId();
    const named = { id, teamId, programmeId: current.programmeId };
    const written = { ...named, ...fields, areaPath, changedBy: person.personId };
    await insertActivity(tx, store.clock, written);
    return showWholeActivity(tx, id);
  });
}

/** Changes a draft, as often as it is one. */
export async function changeActivity(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof changeRoute>,
): Promise<RouteResult<typeof changeRoute>> {
  const person = requireOrganiser(principal);
  const { store } = deps;
  const seen = await findActivity(store.db, params.id);
  await requireLead(store.db, person, teamOf(seen));
  const { areaCode, ...rest } = body;
  const areaPath = await resolveArea(deps, areaCode, person.requestId);
  requireInside(areaPath, seen?.teamPath);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'change-activity', input };
  return runCommand(store, command, async (tx) => {
    await lockDraft(tx, person, params.id);
    const fields: ActivityFields = { ...rest, areaPath, changedBy: person.personId };
    await updateActivity(tx, params.id, fields);
    return showWholeActivity(tx, params.id);
  });
}

/** Adds a shift to a draft; once it is open its times never change. */
export async function addShift(
  { store }: VolunteeringDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof shiftRoute>,
): Promise<RouteResult<typeof shiftRoute>> {
  const person = requireOrganiser(principal);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'add-shift', input };
  return runCommand(store, command, async (tx) => {
    const activity = await lockDraft(tx, person, params.id);
    const startsAt = new Date(body.startsAt);
    if (startsAt <= (await readNow(tx, store.clock))) {
      throw new Problem(volunteeringProblems.shiftInPast);
    }
    if ((await listShifts(tx, activity.id)).length >= mostShifts) {
      throw new Problem(volunteeringProblems.tooManyShifts);
    }
    const { minutes, places, skillPlaces, placeCodeId } = body;
    await requireSkills(
      tx,
      activity.programmeId,
      skillPlaces.map(({ skillId }) => skillId),
    );
    const { id: activityId, programmeId } = activity;
    const endsAt = new Date(startsAt.getTime() + minutes * 60_000);
    const shift = { id: newId(), activityId, programmeId, startsAt, endsAt, placeCodeId };
    await insertShift(tx, shift, [{ skillId: null, places }, ...skillPlaces]);
    return showWholeActivity(tx, activity.id);
  });
}

async function requireSkills(
  tx: Transaction<VolunteeringDatabase>,
  programmeId: string,
  skillIds: readonly string[],
): Promise<void> {
  const known = new Set((await listSkills(tx, programmeId)).map(({ id }) => id));
  const isTwice = new Set(skillIds).size < skillIds.length;
  if (isTwice || skillIds.some((id) => !known.has(id))) {
    throw new Problem(volunteeringProblems.unknownSkill);
  }
}

function requireInside(areaPath: string, teamPath: string | undefined): void {
  if (teamPath === undefined || !areaPath.startsWith(teamPath)) {
    throw new Problem(commonProblems.unknownArea);
  }
}

/** The team of an activity, as far as it tells who leads it. */
export function teamOf(activity: StoredActivity | null): { id: string; areaPath: string } | null {
  return activity && { id: activity.teamId, areaPath: activity.teamPath };
}

/** An activity that the person leads, locked. */
export async function lockLedActivity(
  tx: Transaction<VolunteeringDatabase>,
  person: PersonPrincipal,
  id: string,
): Promise<StoredActivity> {
  const activity = await lockActivity(tx, id);
  await requireLead(tx, person, teamOf(activity));
  if (!activity) throw new Problem(commonProblems.notFound);
  return activity;
}

async function lockDraft(
  tx: Transaction<VolunteeringDatabase>,
  person: PersonPrincipal,
  id: string,
): Promise<StoredActivity> {
  const activity = await lockLedActivity(tx, person, id);
  if (activity.state !== 'draft') throw new Problem(commonProblems.conflict);
  return activity;
}
