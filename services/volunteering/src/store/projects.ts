import type { ProjectState } from '@ddp/contracts/volunteering/projects';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';

type Db = Kysely<VolunteeringDatabase>;

export interface ProjectFields {
  title: string;
  goal: string;
  fromOn: string;
  toOn: string;
  targetActivities: number | null;
  targetPeople: number | null;
  targetHours: number | null;
}

export interface StoredProject extends ProjectFields {
  id: string;
  programmeId: string;
  teamId: string | null;
  teamName: string | null;
  /** Of the team where it is one's, else its own. */
  areaPath: string;
  state: ProjectState;
  changedBy: string;
}

function select(db: Db, scope: AreaScope) {
  return selectScoped(db, 'volunteering_project', scope)
    .leftJoin('volunteering_team as team', 'team.id', 'volunteering_project.team_id')
    .selectAll('volunteering_project')
    .select('team.name as team_name');
}

type Row =
  ReturnType<typeof select> extends SelectQueryBuilder<infer _D, infer _T, infer R> ? R : never;

function toProject(row: Row): StoredProject {
  return {
    id: binaryToId(row.id),
    programmeId: binaryToId(row.programme_id),
    teamId: binaryToIdOrNull(row.team_id),
    teamName: row.team_name,
    areaPath: row.area_path,
    title: row.title,
    goal: row.goal,
    fromOn: row.from_on,
    toOn: row.to_on,
    targetActivities: row.target_activities,
    targetPeople: row.target_people,
    targetHours: row.target_hours,
    state: row.state as ProjectState,
    changedBy: binaryToId(row.changed_by),
  };
}

const columnsOf = (fields: ProjectFields) => ({
  title: fields.title,
  goal: fields.goal,
  from_on: fields.fromOn,
  to_on: fields.toOn,
  target_activities: fields.targetActivities,
  target_people: fields.targetPeople,
  target_hours: fields.targetHours,
});

export async function insertProject(
  tx: Db,
  clock: ClockOffset,
  one: Omit<StoredProject, 'teamName' | 'state'>,
): Promise<void> {
  await tx
    .insertInto('volunteering_project')
    .values({
      id: idToBinary(one.id),
      programme_id: idToBinary(one.programmeId),
      team_id: one.teamId === null ? null : idToBinary(one.teamId),
      area_path: one.areaPath,
      ...columnsOf(one),
      state: 'draft',
      changed_by: idToBinary(one.changedBy),
      decided_by: null,
      created_at: sqlNow(clock),
    })
    .execute();
}

export async function findProject(db: Db, id: string): Promise<StoredProject | null> {
  const row = await select(db, everywhere)
    .where('volunteering_project.id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toProject(row) : null;
}

/** Locks a project, whose state changes one step after the other, and with no activity meanwhile. */
export async function lockProject(tx: Db, id: string): Promise<StoredProject | null> {
  await selectScoped(tx, 'volunteering_project', everywhere)
    .select('id')
    .where('id', '=', idToBinary(id))
    .forUpdate()
    .execute();
  return findProject(tx, id);
}

/** Brings a locked project on, with what it says where that changes, and who did or decided it. */
export async function moveProject(
  tx: Db,
  id: string,
  to: {
    state: ProjectState;
    fields?: ProjectFields | undefined;
    changedBy?: string | undefined;
    decidedBy?: string | undefined;
  },
): Promise<void> {
  const { state, fields, changedBy, decidedBy } = to;
  await tx
    .updateTable('volunteering_project')
    .set({
      state,
      ...(fields === undefined ? {} : columnsOf(fields)),
      ...(changedBy === undefined ? {} : { changed_by: idToBinary(changedBy) }),
      ...(decidedBy === undefined ? {} : { decided_by: idToBinary(decidedBy) }),
    })
    .where('id', '=', idToBinary(id))
    .execute();
}

export async function setProjectOf(
  tx: Db,
  activityId: string,
  projectId: string | null,
): Promise<void> {
  await tx
    .updateTable('volunteering_activity')
    .set({ project_id: projectId === null ? null : idToBinary(projectId) })
    .where('id', '=', idToBinary(activityId))
    .execute();
}

export async function findProjectOf(tx: Db, activityId: string): Promise<string | null> {
  const row = await selectScoped(tx, 'volunteering_activity', everywhere)
    .select('project_id')
    .where('id', '=', idToBinary(activityId))
    .executeTakeFirst();
  return binaryToIdOrNull(row?.project_id ?? null);
}

/** Projects of an area, a team or a programme, the newest first, one more than the limit. */
export async function listProjects(
  db: Db,
  of: { scope: AreaScope; teamId?: string; programmeId?: string; states?: readonly ProjectState[] },
  page: { after: string | null; limit: number },
): Promise<StoredProject[]> {
  let query = select(db, of.scope);
  if (of.teamId !== undefined) {
    query = query.where('volunteering_project.team_id', '=', idToBinary(of.teamId));
  }
  if (of.programmeId !== undefined) {
    query = query.where('volunteering_project.programme_id', '=', idToBinary(of.programmeId));
  }
  if (of.states !== undefined) query = query.where('volunteering_project.state', 'in', of.states);
  if (page.after !== null) {
    query = query.where('volunteering_project.id', '<', idToBinary(page.after));
  }
  const rows = await query
    .orderBy('volunteering_project.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toProject);
}

export interface ProjectCounts {
  activities: number;
  people: number;
  services: number;
  verifiedMinutes: number;
}

/** What the records say of some projects: their published activities, and the hours of their days. */
export async function countProjects(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, ProjectCounts>> {
  if (ids.length === 0) return new Map();
  const rows = await selectScoped(db, 'volunteering_project', everywhere)
    .innerJoin(
      'volunteering_activity as activity',
      'activity.project_id',
      'volunteering_project.id',
    )
    .leftJoin('volunteering_hours as hours', (join) =>
      join
        .onRef('hours.activity_id', '=', 'activity.id')
        .on('hours.kind', '=', 'verified')
        .on('hours.minutes', '>', 0)
        .onRef('hours.on_day', '>=', 'volunteering_project.from_on')
        .onRef('hours.on_day', '<=', 'volunteering_project.to_on'),
    )
    .select('volunteering_project.id')
    .select(sql<number>`COUNT(DISTINCT activity.id)`.as('activities'))
    .select(sql<number>`COUNT(DISTINCT hours.person_id)`.as('people'))
    .select(sql<number>`COUNT(hours.id)`.as('services'))
    .select(sql<number>`COALESCE(SUM(hours.minutes), 0)`.as('minutes'))
    .where('volunteering_project.id', 'in', ids.map(idToBinary))
    .where('activity.state', 'in', ['published', 'closed'])
    .groupBy('volunteering_project.id')
    .execute();
  return new Map(
    rows.map((row) => [
      binaryToId(row.id),
      {
        activities: Number(row.activities),
        people: Number(row.people),
        services: Number(row.services),
        verifiedMinutes: Number(row.minutes),
      },
    ]),
  );
}
