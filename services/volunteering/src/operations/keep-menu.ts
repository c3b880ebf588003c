import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { isStaffRole } from '@ddp/auth/permission-table';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type { MenuItem, MenuState } from '@ddp/contracts/volunteering/menu';
import type {
  decideMenuItem as decideRoute,
  listMenu as listRoute,
  proposeMenuItem as route,
  setMenuState as stateRoute,
  listTeamMenu as teamRoute,
} from '@ddp/contracts/volunteering/menu-routes';
import { volunteeringProblems } from '@ddp/contracts/volunteering/problems';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { everywhere } from '@ddp/db-kit/scope';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { VolunteeringDeps } from '../deps.ts';
import {
  countMenuItems,
  findMenuItem,
  insertMenuItem,
  listMenuItems,
  type MenuReach,
  moveMenuItem,
  type StoredMenuItem,
} from '../store/menu-items.ts';
import { findTeam, isLeaderOf, lockTeam } from '../store/teams.ts';
import { listSkills } from '../store/volunteers.ts';
import { requireLead, requireOrganiser } from './require-lead.ts';

const mostItems = 50;

/** Proposes what a team does for residents; it serves where the team stands. */
export async function proposeMenuItem(
  { store }: VolunteeringDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const person = requireOrganiser(principal);
  const command = { actor: actorOf(principal), key, name: 'propose-menu-item', input: body };
  return runCommand(store, command, async (tx) => {
    await lockTeam(tx, body.teamId);
    const team = await findTeam(tx, body.teamId);
    await requireLead(tx, person, team);
    if (!team || team.isClosed) throw new Problem(commonProblems.conflict);
    const { programmeId, areaPath } = team;
    const skills = await listSkills(tx, programmeId);
    if (body.skillId !== null && !skills.some(({ id }) => id === body.skillId)) {
      throw new Problem(volunteeringProblems.unknownSkill);
    }
    if ((await countMenuItems(tx, team.id)) >= mostItems)
      throw new Problem(commonProblems.conflict);
    const id = newId();
    const of = { id, programmeId, areaPath, proposedBy: person.personId };
    await insertMenuItem(tx, store.clock, { ...body, ...of });
    return showMenuItem(await findMenuItem(tx, id));
  });
}

/** By an officer over the team's area who neither proposed it nor leads the team. */
export async function decideMenuItem(
  { store }: VolunteeringDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof decideRoute>,
): Promise<RouteResult<typeof decideRoute>> {
  requirePermission('volunteering.manage', principal);
  const { personId, areaPaths } = requirePerson(principal);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'decide-menu-item', input };
  return runCommand(store, command, async (tx) => {
    const item = await findMenuItem(tx, params.id, areaPaths);
    if (!item) throw new Problem(commonProblems.notFound);
    if (item.proposedBy === personId || (await isLeaderOf(tx, item.teamId, personId))) {
      throw new Problem(volunteeringProblems.ownActivity);
    }
    const isAgreed = body.verdict === 'approved';
    const to = {
      ...{ state: isAgreed ? ('offered' as const) : ('refused' as const), decidedBy: personId },
      reason: body.verdict === 'refused' ? body.reason : null,
    };
    if (!(await moveMenuItem(tx, item.id, ['proposed'], to))) {
      throw new Problem(commonProblems.conflict);
    }
    await appendAudit(tx, store, {
      ...auditActor(principal),
      ...{ action: 'decide-menu-item', objectKind: 'menu-item', objectId: item.id },
      detail: { verdict: body.verdict },
    });
    return showMenuItem(await findMenuItem(tx, item.id));
  });
}

const before: Record<'offered' | 'paused' | 'withdrawn', readonly MenuState[]> = {
  offered: ['paused'],
  paused: ['offered'],
  withdrawn: ['proposed', 'offered', 'paused'],
};

/** By who leads the team. Orders that were placed stand, whatever becomes of the offer. */
export async function setMenuState(
  { store }: VolunteeringDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof stateRoute>,
): Promise<RouteResult<typeof stateRoute>> {
  const person = requireOrganiser(principal);
  const { state } = body;
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'set-menu-state', input };
  return runCommand(store, command, async (tx) => {
    const item = await findMenuItem(tx, params.id);
    await requireLead(tx, person, item && (await findTeam(tx, item.teamId)));
    if (!(await moveMenuItem(tx, params.id, before[state], { state }))) {
      throw new Problem(commonProblems.conflict);
    }
    await appendAudit(tx, store, {
      ...auditActor(principal),
      ...{ action: 'set-menu-state', objectKind: 'menu-item', objectId: params.id },
      detail: { state },
    });
    return showMenuItem(await findMenuItem(tx, params.id));
  });
}

/** Staff see what the teams of their area offer, residents what is offered where they live. */
export async function listMenu(
  deps: VolunteeringDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  requirePermission('signed-in', principal);
  const { role, areaPaths, programmeId } = requirePerson(principal);
  if (isStaffRole(role)) return listReach(deps, { scope: areaPaths }, query);
  const [areaPath] = areaPaths;
  if (areaPath === undefined || programmeId === null) return { items: [], nextCursor: null };
  return listReach(deps, { scope: everywhere, offeredAt: { programmeId, areaPath } }, query);
}

export async function listTeamMenu(
  deps: VolunteeringDeps,
  { principal }: Caller,
  { params, query }: RouteRequest<typeof teamRoute>,
): Promise<RouteResult<typeof teamRoute>> {
  const person = requireOrganiser(principal);
  await requireLead(deps.store.db, person, await findTeam(deps.store.db, params.id));
  return listReach(deps, { scope: everywhere, teamId: params.id }, query);
}

async function listReach(
  { store }: VolunteeringDeps,
  reach: MenuReach,
  { search, state, cursor, limit }: RouteRequest<typeof listRoute>['query'],
): Promise<RouteResult<typeof listRoute>> {
  const page = { after: decodeCursor(cursor, idCursor), limit };
  const rows = await listMenuItems(store.db, reach, { search, state }, page);
  return toPage(rows, limit, showMenuItem, ({ id }) => id);
}

function showMenuItem(item: StoredMenuItem | null): MenuItem {
  if (!item) throw new Error('an item just written is not there');
  const { programmeId: _programmeId, proposedBy: _proposedBy, ...shown } = item;
  return shown;
}
