import {
  actorOf,
  auditActor,
  requireArea,
  requirePermission,
  requirePerson,
  requireProgramme,
} from '@ddp/auth/authorize';
import { isStaffRole } from '@ddp/auth/permission-table';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { volunteeringProblems } from '@ddp/contracts/volunteering/problems';
import type * as routes from '@ddp/contracts/volunteering/project-routes';
import type { Project } from '@ddp/contracts/volunteering/projects';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import type { Caller } from '@ddp/service-kit/bind-route';
import { resolveArea } from '@ddp/service-kit/resolve-area';
import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { decideProjectMove, isOpenProject, type ProjectMove } from '../domain/project-state.ts';
import {
  findProject,
  findProjectOf,
  insertProject,
  lockProject,
  moveProject,
  type ProjectFields,
  type StoredProject,
  setProjectOf,
} from '../store/projects.ts';
import { findTeam, isLeaderOf } from '../store/teams.ts';
import { lockLedActivity } from './draft-activity.ts';
import { showProjects } from './list-projects.ts';
import { isLeading, requireLead, requireOrganiser } from './require-lead.ts';

type Tx = Transaction<VolunteeringDatabase>;

/** Drafts a project of a team, by who leads it. */
export async function createTeamProject(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof routes.createTeamProject>,
): Promise<RouteResult<typeof routes.createTeamProject>> {
  const person = requireOrganiser(principal);
  const { store } = deps;
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'create-team-project', input };
  return runCommand(store, command, async (tx) => {
    const team = await findTeam(tx, params.id);
    await requireLead(tx, person, team);
    if (!team || team.isClosed) throw new Problem(commonProblems.notFound);
    const { programmeId, areaPath } = team;
    return draft(deps, tx, principal, body, { teamId: team.id, programmeId, areaPath });
  });
}

/** Drafts a project of an area, which any of its teams may take part in. */
export async function createAreaProject(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof routes.createAreaProject>,
): Promise<RouteResult<typeof routes.createAreaProject>> {
  requirePermission('volunteering.manage', principal);
  const { store } = deps;
  const programmeId = requireProgramme(requirePerson(principal));
  const { areaCode, ...fields } = body;
  const areaPath = await resolveArea(deps, areaCode, principal.requestId);
  requireArea(principal, areaPath);
  const command = { actor: actorOf(principal), key, name: 'create-area-project', input: body };
  return runCommand(store, command, (tx) =>
    draft(deps, tx, principal, fields, { teamId: null, programmeId, areaPath }),
  );
}

async function draft(
  { store }: VolunteeringDeps,
  tx: Tx,
  principal: Caller['principal'],
  fields: ProjectFields,
  of: { teamId: string | null; programmeId: string; areaPath: string },
): Promise<Project> {
  requireDays(fields);
  const { personId } = requirePerson(principal);
  const id = newId();
  await insertProject(tx, store.clock, { id, ...of, ...fields, changedBy: personId });
  await audit({ store }, tx, principal, { action: 'create-project', id });
  return showOne(tx, id);
}

export const changeProject = (
  deps: VolunteeringDeps,
  caller: Caller,
  { params, body }: RouteRequest<typeof routes.changeProject>,
): Promise<Project> => move(deps, caller, { id: params.id, by: 'leader', move: 'change', body });

/** By an officer over the area who has neither written it nor leads its team. */
export const approveProject = (
  deps: VolunteeringDeps,
  caller: Caller,
  { params }: RouteRequest<typeof routes.approveProject>,
): Promise<Project> => move(deps, caller, { id: params.id, by: 'officer', move: 'approve' });

export const startProject = (
  deps: VolunteeringDeps,
  caller: Caller,
  { params }: RouteRequest<typeof routes.startProject>,
): Promise<Project> => move(deps, caller, { id: params.id, by: 'leader', move: 'start' });

export const closeProject = (
  deps: VolunteeringDeps,
  caller: Caller,
  { params }: RouteRequest<typeof routes.closeProject>,
): Promise<Project> => move(deps, caller, { id: params.id, by: 'leader', move: 'close' });

interface Move {
  id: string;
  by: 'officer' | 'leader';
  move: ProjectMove;
  body?: ProjectFields;
}

async function move(
  { store }: VolunteeringDeps,
  { principal, key }: Caller,
  { id, by, move: step, body }: Move,
): Promise<Project> {
  if (by === 'officer') requirePermission('volunteering.manage', principal);
  const person = by === 'officer' ? requirePerson(principal) : requireOrganiser(principal);
  const name = `${step}-project`;
  const command = { actor: actorOf(principal), key, name, input: { id, ...body } };
  return runCommand(store, command, async (tx) => {
    const project = await lockProject(tx, id);
    const isInReach = by === 'officer' ? isOver : isLeadingProject;
    if (!project || !(await isInReach(tx, person, project))) {
      throw new Problem(commonProblems.notFound);
    }
    const state = decideProjectMove(project.state, step);
    if (state === null) throw new Problem(commonProblems.conflict);
    if (step === 'approve' && (await hasPart(tx, person, project))) {
      throw new Problem(volunteeringProblems.ownActivity);
    }
    if (body) requireDays(body);
    await moveProject(tx, id, {
      ...{ state, fields: body },
      changedBy: step === 'change' ? person.personId : undefined,
      decidedBy: step === 'approve' ? person.personId : undefined,
    });
    await audit({ store }, tx, principal, { action: name, id });
    return showOne(tx, id);
  });
}

/** Says which project an activity belongs to, of its own team or of an area that it is in: one or none. */
export async function setProjectOfActivity(
  { store }: VolunteeringDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof routes.setProjectOfActivity>,
): Promise<RouteResult<typeof routes.setProjectOfActivity>> {
  const person = requireOrganiser(principal);
  const { projectId } = body;
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'set-project-of-activity', input };
  return runCommand(store, command, async (tx) => {
    const activity = await lockLedActivity(tx, person, params.id);
    if (activity.state === 'cancelled') throw new Problem(commonProblems.conflict);
    const before = await findProjectOf(tx, activity.id);
    // In one order, as somebody else may bring an activity the other way.
    for (const id of [before, projectId].filter((one) => one !== null).sort()) {
      const project = await lockProject(tx, id);
      const isFit =
        project?.programmeId === activity.programmeId &&
        (project.teamId === activity.teamId ||
          (project.teamId === null && activity.areaPath.startsWith(project.areaPath)));
      if (id === projectId && !isFit) throw new Problem(volunteeringProblems.projectUnfit);
      if (!project || !isOpenProject(project.state)) throw new Problem(commonProblems.conflict);
    }
    await setProjectOf(tx, activity.id, projectId);
    return { activityId: activity.id, projectId };
  });
}

const isOver = async (_tx: Tx, { areaPaths }: PersonPrincipal, { areaPath }: StoredProject) =>
  areaPaths.some((path) => areaPath.startsWith(path));

/** Who leads its team, or staff over the area; without a team, staff alone. */
async function isLeadingProject(
  tx: Tx,
  person: PersonPrincipal,
  project: StoredProject,
): Promise<boolean> {
  const { teamId: id, areaPath } = project;
  if (id !== null) return isLeading(tx, person, { id, areaPath });
  return isStaffRole(person.role) && isOver(tx, person, project);
}

async function hasPart(
  tx: Tx,
  { personId }: PersonPrincipal,
  { changedBy, teamId }: StoredProject,
): Promise<boolean> {
  return changedBy === personId || (teamId !== null && (await isLeaderOf(tx, teamId, personId)));
}

function requireDays({ fromOn, toOn }: ProjectFields): void {
  if (toOn < fromOn) throw new Problem(volunteeringProblems.daysUnfit);
}

function audit(
  { store }: Pick<VolunteeringDeps, 'store'>,
  tx: Tx,
  principal: Caller['principal'],
  { action, id }: { action: string; id: string },
): Promise<void> {
  return appendAudit(tx, store, {
    ...auditActor(principal),
    ...{ action, objectKind: 'project', objectId: id },
  });
}

async function showOne(tx: Tx, id: string): Promise<Project> {
  const project = await findProject(tx, id);
  const [shown] = project ? await showProjects(tx, [project]) : [];
  if (!shown) throw new Error('a project just written is not there');
  return shown;
}
