import type { MemberState } from '@ddp/contracts/volunteering/teams';
import { isDuplicate } from '@ddp/db-kit/errors';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { containing } from '@ddp/db-kit/like';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';

type Db = Kysely<VolunteeringDatabase>;

export interface StoredTeam {
  id: string;
  programmeId: string;
  name: string;
  areaPath: string;
  words: string;
  isClosed: boolean;
  members: number;
  createdAt: Date;
}

export interface StoredMember {
  id: string;
  teamId: string;
  teamName: string;
  areaPath: string;
  personId: string;
  maskedName: string;
  role: 'member' | 'leader';
  state: MemberState;
  appliedAt: Date;
  endedAt: Date | null;
}

const membersInForce = sql<number>`(SELECT COUNT(*) FROM volunteering_member one
  WHERE one.team_id = volunteering_team.id AND one.state = 'active')`;

function selectTeams(db: Db, scope: AreaScope) {
  return selectScoped(db, 'volunteering_team', scope)
    .selectAll('volunteering_team')
    .select(membersInForce.as('members'));
}

type TeamRow =
  ReturnType<typeof selectTeams> extends SelectQueryBuilder<infer _D, infer _T, infer R>
    ? R
    : never;

function toTeam(row: TeamRow): StoredTeam {
  return {
    id: binaryToId(row.id),
    programmeId: binaryToId(row.programme_id),
    name: row.name,
    areaPath: row.area_path,
    words: row.words,
    isClosed: row.is_closed === 1,
    members: Number(row.members),
    createdAt: row.created_at,
  };
}

export async function insertTeam(
  tx: Db,
  clock: ClockOffset,
  team: Omit<StoredTeam, 'isClosed' | 'members' | 'createdAt'>,
): Promise<void> {
  await tx
    .insertInto('volunteering_team')
    .values({
      id: idToBinary(team.id),
      programme_id: idToBinary(team.programmeId),
      name: team.name,
      area_path: team.areaPath,
      words: team.words,
      is_closed: 0,
      created_at: sqlNow(clock),
    })
    .execute();
}

export async function findTeam(
  db: Db,
  id: string,
  scope: AreaScope = everywhere,
): Promise<StoredTeam | null> {
  const row = await selectTeams(db, scope)
    .where('volunteering_team.id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toTeam(row) : null;
}

/** Locks a team, so that the last of its leaders does not go twice. */
export async function lockTeam(tx: Db, id: string): Promise<void> {
  await selectScoped(tx, 'volunteering_team', everywhere)
    .select('id')
    .where('id', '=', idToBinary(id))
    .forUpdate()
    .execute();
}

/** Teams of an area, or the open ones of a programme; the newest first, one more than the limit. */
export async function listTeams(
  db: Db,
  reach: { scope: AreaScope; programmeId: string | null },
  search: string | undefined,
  page: { after: string | null; limit: number },
): Promise<StoredTeam[]> {
  let query = selectTeams(db, reach.scope);
  if (reach.programmeId !== null) {
    query = query
      .where('programme_id', '=', idToBinary(reach.programmeId))
      .where('is_closed', '=', 0);
  }
  if (search !== undefined) query = query.where('name', 'like', containing(search));
  if (page.after !== null) query = query.where('volunteering_team.id', '<', idToBinary(page.after));
  const rows = await query
    .orderBy('volunteering_team.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toTeam);
}

/** False where it was closed before. */
export async function closeTeam(tx: Db, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('volunteering_team')
    .set({ is_closed: 1 })
    .where('id', '=', idToBinary(id))
    .where('is_closed', '=', 0)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

function selectMembers(db: Db, scope: AreaScope) {
  return selectScoped(db, 'volunteering_team', scope)
    .innerJoin('volunteering_member as member', 'member.team_id', 'volunteering_team.id')
    .leftJoin('volunteering_volunteer as volunteer', 'volunteer.person_id', 'member.person_id')
    .selectAll('member')
    .select([
      'volunteering_team.name as team_name',
      'volunteering_team.area_path',
      'volunteer.masked_name',
    ]);
}

type MemberRow =
  ReturnType<typeof selectMembers> extends SelectQueryBuilder<infer _D, infer _T, infer R>
    ? R
    : never;

function toMember(row: MemberRow): StoredMember {
  return {
    id: binaryToId(row.id),
    teamId: binaryToId(row.team_id),
    teamName: row.team_name,
    areaPath: row.area_path,
    personId: binaryToId(row.person_id),
    maskedName: row.masked_name ?? '***',
    role: row.role as StoredMember['role'],
    state: row.state as MemberState,
    appliedAt: row.applied_at,
    endedAt: row.ended_at,
  };
}

/** False where the person is in the team or has applied to it. */
export async function insertMember(
  tx: Db,
  clock: ClockOffset,
  one: { id: string; teamId: string; personId: string } & (
    | { role: 'member'; state: 'applied'; decidedBy: null }
    | { role: 'leader' | 'member'; state: 'active'; decidedBy: string }
  ),
): Promise<boolean> {
  const insert = tx.insertInto('volunteering_member').values({
    id: idToBinary(one.id),
    team_id: idToBinary(one.teamId),
    person_id: idToBinary(one.personId),
    role: one.role,
    state: one.state,
    live_person_id: idToBinary(one.personId),
    applied_at: sqlNow(clock),
    decided_by: one.decidedBy === null ? null : idToBinary(one.decidedBy),
    ended_at: null,
  });
  try {
    await insert.execute();
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

export async function findMember(db: Db, id: string): Promise<StoredMember | null> {
  const row = await selectMembers(db, everywhere)
    .where('member.id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toMember(row) : null;
}

/** Whether somebody is in a team or has applied to it, and by which membership. */
export async function findLiveMember(
  db: Db,
  teamId: string,
  personId: string,
): Promise<StoredMember | null> {
  const row = await selectMembers(db, everywhere)
    .where('member.team_id', '=', idToBinary(teamId))
    .where('member.live_person_id', '=', idToBinary(personId))
    .executeTakeFirst();
  return row ? toMember(row) : null;
}

/** Whether a person leads a team now. */
export async function isLeaderOf(db: Db, teamId: string, personId: string): Promise<boolean> {
  const row = await db
    .selectFrom('volunteering_member')
    .select('id')
    .where('team_id', '=', idToBinary(teamId))
    .where('live_person_id', '=', idToBinary(personId))
    .where('state', '=', 'active')
    .where('role', '=', 'leader')
    .executeTakeFirst();
  return row !== undefined;
}

export async function countLeaders(tx: Db, teamId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('volunteering_member')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('team_id', '=', idToBinary(teamId))
    .where('state', '=', 'active')
    .where('role', '=', 'leader')
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Members of a team, or the teams of a person; the newest first, one more than the limit. */
export async function listMembers(
  db: Db,
  of: { teamId: string } | { personId: string },
  state: MemberState | undefined,
  page: { after: string | null; limit: number },
): Promise<StoredMember[]> {
  let query = selectMembers(db, everywhere);
  query =
    'teamId' in of
      ? query.where('member.team_id', '=', idToBinary(of.teamId))
      : query.where('member.person_id', '=', idToBinary(of.personId));
  if (state !== undefined) query = query.where('member.state', '=', state);
  if (page.after !== null) query = query.where('member.id', '<', idToBinary(page.after));
  const rows = await query
    .orderBy('member.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toMember);
}

/** Moves a membership on from one of some states; false where it is in none of them. */
export async function moveMember(
  tx: Db,
  clock: ClockOffset,
  id: string,
  move: { from: readonly MemberState[]; to: Exclude<MemberState, 'applied'>; by: string },
): Promise<boolean> {
  const isEnd = move.to !== 'active';
  const { numUpdatedRows } = await tx
    .updateTable('volunteering_member')
    .set({
      state: move.to,
      decided_by: idToBinary(move.by),
      ...(isEnd ? { live_person_id: null, ended_at: sqlNow(clock) } : {}),
    })
    .where('id', '=', idToBinary(id))
    .where('state', 'in', move.from)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function setRole(tx: Db, id: string, role: StoredMember['role']): Promise<void> {
  await tx
    .updateTable('volunteering_member')
    .set({ role })
    .where('id', '=', idToBinary(id))
    .execute();
}

/** Ends whatever memberships of a person there are. */
export async function endMembershipsOf(
  tx: Db,
  clock: ClockOffset,
  personId: string,
): Promise<void> {
  await tx
    .updateTable('volunteering_member')
    .set({ state: 'left', live_person_id: null, ended_at: sqlNow(clock) })
    .where('person_id', '=', idToBinary(personId))
    .where('state', 'in', ['applied', 'active'])
    .execute();
}

/** Whether a person is in a team now. */
export async function isMemberOf(db: Db, teamId: string, personId: string): Promise<boolean> {
  const row = await db
    .selectFrom('volunteering_member')
    .select('id')
    .where('team_id', '=', idToBinary(teamId))
    .where('live_person_id', '=', idToBinary(personId))
    .where('state', '=', 'active')
    .executeTakeFirst();
  return row !== undefined;
}
