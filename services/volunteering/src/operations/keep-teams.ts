import {
  actorOf,
  auditActor,
  requireArea,
  requirePermission,
  requirePerson,
  requireProgramme,
} from '@ddp/auth/authorize';
import { isStaffRole } from '@ddp/auth/permission-table';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { volunteeringProblems } from '@ddp/contracts/volunteering/problems';
import type {
  closeTeam as closeRoute,
  listTeams as listRoute,
  createTeam as route,
} from '@ddp/contracts/volunteering/team-routes';
import type { Team } from '@ddp/contracts/volunteering/teams';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { everywhere } from '@ddp/db-kit/scope';
import type { Caller } from '@ddp/service-kit/bind-route';
import { resolveArea } from '@ddp/service-kit/resolve-area';
import type { VolunteeringDeps } from '../deps.ts';
import { lockPerson } from '../store/people.ts';
import {
  closeTeam as closeStored,
  findTeam,
  insertMember,
  insertTeam,
  listTeams as listStored,
  type StoredTeam,
} from '../store/teams.ts';
import { findVolunteer } from '../store/volunteers.ts';

/** Founds a team with its first leader, who is a volunteer of the programme. */
export async function createTeam(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('volunteering.manage', principal);
  const { store } = deps;
  const staff = requirePerson(principal);
  const programmeId = requireProgramme(staff);
  const areaPath = await resolveArea(deps, body.areaCode, staff.requestId);
  requireArea(principal, areaPath);
  const command = { actor: actorOf(principal), key, name: 'create-team', input: body };
  return runCommand(store, command, async (tx) => {
    const { name, words, leaderId } = body;
    const isPresent = await lockPerson(tx, leaderId);
    const leader = isPresent ? await findVolunteer(tx, leaderId) : null;
    if (leader?.programmeId !== programmeId) {
      throw new Problem(volunteeringProblems.unknownVolunteer);
    }
    const id = newId();
    await insertTeam(tx, store.clock, { id, programmeId, name, areaPath, words });
    const member = { id: newId(), teamId: id, personId: leaderId, decidedBy: staff.personId };
    await insertMember(tx, store.clock, { ...member, role: 'leader', state: 'active' });
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'create-team',
      objectKind: 'team',
      objectId: id,
      detail: { areaPath, leaderId },
    });
    return readTeam(await findTeam(tx, id));
  });
}

/** Staff see the teams of their area, others those of their programme that are open. */
export async function listTeams(
  { store }: VolunteeringDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  requirePermission('signed-in', principal);
  const { role, areaPaths, programmeId } = requirePerson(principal);
  const isStaff = isStaffRole(role);
  if (!isStaff && programmeId === null) return { items: [], nextCursor: null };
  const reach = isStaff
    ? { scope: areaPaths, programmeId: null }
    : { scope: everywhere as typeof everywhere, programmeId };
  const { search, limit } = query;
  const page = { after: decodeCursor(query.cursor, idCursor), limit };
  const rows = await listStored(store.db, reach, search, page);
  return toPage(rows, limit, readTeam, ({ id }) => id);
}

/** Closes a team for good; what it did stays. */
export async function closeTeam(
  { store }: VolunteeringDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof closeRoute>,
): Promise<RouteResult<typeof closeRoute>> {
  requirePermission('volunteering.manage', principal);
  const { areaPaths } = requirePerson(principal);
  const command = { actor: actorOf(principal), key, name: 'close-team', input: params };
  return runCommand(store, command, async (tx) => {
    if (!(await findTeam(tx, params.id, areaPaths))) throw new Problem(commonProblems.notFound);
    if (!(await closeStored(tx, params.id))) throw new Problem(commonProblems.conflict);
    const entry = { action: 'close-team', objectKind: 'team', objectId: params.id };
    await appendAudit(tx, store, { ...auditActor(principal), ...entry });
    return readTeam(await findTeam(tx, params.id));
  });
}

function readTeam(team: StoredTeam | null): Team {
  if (!team) throw new Error('a team just written is not there');
  const { programmeId: _programmeId, createdAt, ...shown } = team;
  return { ...shown, createdAt: createdAt.toISOString() };
}
