import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type * as routes from '@ddp/contracts/volunteering/project-routes';
import type { Project } from '@ddp/contracts/volunteering/projects';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { everywhere } from '@ddp/db-kit/scope';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Kysely } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { isFew } from '../domain/statistics.ts';
import {
  countProjects,
  listProjects as listStored,
  type StoredProject,
} from '../store/projects.ts';
import { findTeam } from '../store/teams.ts';
import { requireLead, requireOrganiser } from './require-lead.ts';

type Reach = Parameters<typeof listStored>[1];
type Query = { limit: number; cursor?: string | undefined };

/** What anybody may read of: projects that were approved, with what the records say of them. */
export function listPublicProjects(
  deps: VolunteeringDeps,
  _caller: Caller,
  { query }: RouteRequest<typeof routes.listPublicProjects>,
): Promise<RouteResult<typeof routes.listPublicProjects>> {
  const { programmeId } = query;
  const states = ['approved', 'running', 'closed'] as const;
  return listPage(deps, { scope: everywhere, programmeId, states }, query);
}

export function listAreaProjects(
  deps: VolunteeringDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof routes.listAreaProjects>,
): Promise<RouteResult<typeof routes.listAreaProjects>> {
  requirePermission('volunteering.read', principal);
  const { areaPaths: scope } = requirePerson(principal);
  return listPage(deps, { scope, ...stateOf(query) }, query);
}

export async function listTeamProjects(
  deps: VolunteeringDeps,
  { principal }: Caller,
  { params, query }: RouteRequest<typeof routes.listTeamProjects>,
): Promise<RouteResult<typeof routes.listTeamProjects>> {
  const person = requireOrganiser(principal);
  await requireLead(deps.store.db, person, await findTeam(deps.store.db, params.id));
  return listPage(deps, { scope: everywhere, teamId: params.id, ...stateOf(query) }, query);
}

const stateOf = ({ state }: { state?: Project['state'] | undefined }) =>
  state === undefined ? {} : { states: [state] };

async function listPage({ store }: VolunteeringDeps, reach: Reach, { limit, cursor }: Query) {
  const page = { after: decodeCursor(cursor, idCursor), limit };
  const rows = await listStored(store.db, reach, page);
  const shown = await showProjects(store.db, rows);
  return toPage(
    shown,
    limit,
    (one) => one,
    ({ id }) => id,
  );
}

/** Projects with what was counted of them; nothing that tells of fewer than five people. */
export async function showProjects(
  db: Kysely<VolunteeringDatabase>,
  projects: readonly StoredProject[],
): Promise<Project[]> {
  const counts = await countProjects(
    db,
    projects.map(({ id }) => id),
  );
  return projects.map(({ programmeId: _programme, changedBy: _author, ...project }) => {
    const counted = counts.get(project.id);
    const { activities = 0, people = 0, services = 0, verifiedMinutes = 0 } = counted ?? {};
    const told = (figure: number) => (isFew(people) ? null : figure);
    return {
      ...{ ...project, activities },
      ...{ people: told(people), services: told(services) },
      verifiedMinutes: told(verifiedMinutes),
    };
  });
}
