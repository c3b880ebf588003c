import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { PersonPrincipal, Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { volunteeringProblems } from '@ddp/contracts/volunteering/problems';
import type {
  admitMember as admitRoute,
  endMembership as endRoute,
  setLeadership as leadershipRoute,
  listMembers as listRoute,
  listMyMemberships as ownRoute,
  refuseMember as refuseRoute,
  applyForMembership as route,
} from '@ddp/contracts/volunteering/team-routes';
import type { Member, MemberState } from '@ddp/contracts/volunteering/teams';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { VolunteeringDeps } from '../deps.ts';
import { lockPerson } from '../store/people.ts';
import {
  countLeaders,
  findMember,
  findTeam,
  insertMember,
  listMembers as listStored,
  lockTeam,
  moveMember,
  type StoredMember,
  setRole,
} from '../store/teams.ts';
import { findVolunteer } from '../store/volunteers.ts';
import { isLeading, requireLead, requireOrganiser } from './require-lead.ts';

type Tx = Transaction<VolunteeringDatabase>;

/** Applies to a team of the own programme. */
export async function applyForMembership(
  { store }: VolunteeringDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('resident', principal);
  const { personId } = requirePerson(principal);
  const command = { actor: actorOf(principal), key, name: 'apply-for-membership', input: body };
  return runCommand(store, command, async (tx) => {
    await lockPerson(tx, personId);
    const volunteer = await findVolunteer(tx, personId);
    const team = await findTeam(tx, body.teamId);
    if (!team || team.isClosed) throw new Problem(commonProblems.notFound);
    if (!volunteer) throw new Problem(volunteeringProblems.noProfile);
    if (team.programmeId !== volunteer.programmeId) throw new Problem(commonProblems.notFound);
    const id = newId();
    const applied = { role: 'member', state: 'applied', decidedBy: null } as const;
    const row = { id, teamId: team.id, personId, ...applied };
    if (!(await insertMember(tx, store.clock, row))) {
      throw new Problem(volunteeringProblems.memberAlready);
    }
    return showMember(await findMember(tx, id));
  });
}

export async function listMyMemberships(
  { store }: VolunteeringDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof ownRoute>,
): Promise<RouteResult<typeof ownRoute>> {
  requirePermission('resident', principal);
  const { personId } = requirePerson(principal);
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit };
  const rows = await listStored(store.db, { personId }, undefined, page);
  return toPage(rows, query.limit, showMember, ({ id }) => id);
}

/** The roster, for who leads the team. */
export async function listMembers(
  { store }: VolunteeringDeps,
  { principal }: Caller,
  { params, query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  const person = requireOrganiser(principal);
  await requireLead(store.db, person, await findTeam(store.db, params.id));
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit };
  const rows = await listStored(store.db, { teamId: params.id }, query.state, page);
  return toPage(rows, query.limit, showMember, ({ id }) => id);
}

export function admitMember(
  deps: VolunteeringDeps,
  caller: Caller,
  { params }: RouteRequest<typeof admitRoute>,
): Promise<RouteResult<typeof admitRoute>> {
  return decide(deps, caller, { id: params.id, to: 'active' });
}

export function refuseMember(
  deps: VolunteeringDeps,
  caller: Caller,
  { params }: RouteRequest<typeof refuseRoute>,
): Promise<RouteResult<typeof refuseRoute>> {
  return decide(deps, caller, { id: params.id, to: 'refused' });
}

function decide(
  { store }: VolunteeringDeps,
  { principal, key }: Caller,
  { id, to }: { id: string; to: 'active' | 'refused' },
): Promise<Member> {
  const person = requireOrganiser(principal);
  const command = { actor: actorOf(principal), key, name: `member-${to}`, input: { id } };
  return runCommand(store, command, async (tx) => {
    await lockLed(tx, person, id);
    const move = { from: ['applied'] as const, to, by: person.personId };
    if (!(await moveMember(tx, store.clock, id, move))) throw new Problem(commonProblems.conflict);
    return showMember(await findMember(tx, id));
  });
}

/** The member leaves, or who leads the team takes them out; a team keeps a leader. */
export async function endMembership(
  { store }: VolunteeringDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof endRoute>,
): Promise<RouteResult<typeof endRoute>> {
  const person = requireOrganiser(principal);
  const { id } = params;
  const command = { actor: actorOf(principal), key, name: 'end-membership', input: params };
  return runCommand(store, command, async (tx) => {
    const member = await findMember(tx, id);
    const isOwn = member?.personId === person.personId;
    if (!member || !(isOwn || (await isLeading(tx, person, teamOf(member))))) {
      throw new Problem(commonProblems.notFound);
    }
    await lockTeam(tx, member.teamId);
    await refuseLastLeader(tx, await findMember(tx, id));
    const to: MemberState = isOwn ? 'left' : 'removed';
    const move = { from: ['applied', 'active'] as const, to, by: person.personId };
    if (!(await moveMember(tx, store.clock, id, move))) throw new Problem(commonProblems.conflict);
    return showMember(await findMember(tx, id));
  });
}

/** An officer makes a member a leader, or takes it back. */
export async function setLeadership(
  { store }: VolunteeringDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof leadershipRoute>,
): Promise<RouteResult<typeof leadershipRoute>> {
  requirePermission('volunteering.manage', principal);
  const person = requirePerson(principal);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'set-leadership', input };
  return runCommand(store, command, async (tx) => {
    const member = await lockLed(tx, person, params.id);
    if (member.state !== 'active') throw new Problem(commonProblems.conflict);
    if (!body.isLeader) await refuseLastLeader(tx, member);
    await setRole(tx, member.id, body.isLeader ? 'leader' : 'member');
    await audit({ store }, tx, principal, { member, isLeader: body.isLeader });
    return showMember(await findMember(tx, member.id));
  });
}

function audit(
  { store }: Pick<VolunteeringDeps, 'store'>,
  tx: Tx,
  principal: Principal,
  { member, isLeader }: { member: StoredMember; isLeader: boolean },
): Promise<void> {
  return appendAudit(tx, store, {
    ...auditActor(principal),
    action: 'set-leadership',
    objectKind: 'team',
    objectId: member.teamId,
    detail: { personId: member.personId, isLeader },
  });
}

const teamOf = ({ teamId, areaPath }: StoredMember) => ({ id: teamId, areaPath });

/** A membership of a team that the person leads, read under the lock of the team. */
async function lockLed(tx: Tx, person: PersonPrincipal, id: string): Promise<StoredMember> {
  const seen = await findMember(tx, id);
  await requireLead(tx, person, seen && teamOf(seen));
  if (seen) await lockTeam(tx, seen.teamId);
  const member = await findMember(tx, id);
  if (!member) throw new Problem(commonProblems.notFound);
  return member;
}

async function refuseLastLeader(tx: Tx, member: StoredMember | null): Promise<void> {
  if (member?.state !== 'active' || member.role !== 'leader') return;
  if ((await countLeaders(tx, member.teamId)) === 1) {
    throw new Problem(volunteeringProblems.lastLeader);
  }
}

function showMember(member: StoredMember | null): Member {
  if (!member) throw new Error('a membership just written is not there');
  const { areaPath: _areaPath, appliedAt, endedAt, ...shown } = member;
  return {
    ...shown,
    appliedAt: appliedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}
