import {
  actorOf,
  auditActor,
  requireArea,
  requirePermission,
  requirePerson,
  requireProgramme,
} from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { volunteeringProblems } from '@ddp/contracts/volunteering/problems';
import type {
  countSkills as countRoute,
  listSkills as listRoute,
  createSkill as route,
} from '@ddp/contracts/volunteering/volunteer-routes';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import type { Caller } from '@ddp/service-kit/bind-route';
import { resolveArea } from '@ddp/service-kit/resolve-area';
import type { VolunteeringDeps } from '../deps.ts';
import {
  countSkills as countStored,
  insertSkill,
  listSkills as listStored,
} from '../store/volunteers.ts';

const mostSkills = 200;

/** Adds a skill to the register of the programme. */
export async function createSkill(
  { store }: VolunteeringDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('volunteering.manage', principal);
  const programmeId = requireProgramme(requirePerson(principal));
  const command = { actor: actorOf(principal), key, name: 'create-skill', input: body };
  return runCommand(store, command, async (tx) => {
    if ((await listStored(tx, programmeId)).length >= mostSkills) {
      throw new Problem(commonProblems.conflict);
    }
    const id = await insertSkill(tx, store.clock, { programmeId, name: body.name });
    if (id === null) throw new Problem(volunteeringProblems.skillExists);
    const entry = { action: 'create-skill', objectKind: 'skill', objectId: id };
    await appendAudit(tx, store, { ...auditActor(principal), ...entry });
    return { id, name: body.name };
  });
}

export async function listSkills(
  { store }: VolunteeringDeps,
  { principal }: Caller,
): Promise<RouteResult<typeof listRoute>> {
  requirePermission('signed-in', principal);
  const { programmeId } = requirePerson(principal);
  return { items: programmeId === null ? [] : await listStored(store.db, programmeId) };
}

/** How many volunteers of an area can do what: of the officer's own, or of one within it. */
export async function countSkills(
  deps: VolunteeringDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof countRoute>,
): Promise<RouteResult<typeof countRoute>> {
  requirePermission('volunteering.read', principal);
  const { areaPaths, programmeId, requestId } = requirePerson(principal);
  const { db } = deps.store;
  let scope = areaPaths;
  if (query.areaCode !== undefined) {
    const areaPath = await resolveArea(deps, query.areaCode, requestId);
    requireArea(principal, areaPath);
    scope = [areaPath];
  }
  const { bySkill, volunteers } = await countStored(db, scope);
  const skills = programmeId === null ? [] : await listStored(db, programmeId);
  return {
    items: skills.map((skill) => ({ ...skill, volunteers: bySkill.get(skill.id) ?? 0 })),
    volunteers,
  };
}
