import type { ActivityState } from '@ddp/contracts/volunteering/activities';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { containing } from '@ddp/db-kit/like';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely, SelectQueryBuilder } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';

type Db = Kysely<VolunteeringDatabase>;

export interface StoredActivity {
  id: string;
  programmeId: string;
  teamId: string;
  teamName: string;
  teamPath: string;
  title: string;
  words: string;
  areaPath: string;
  place: string;
  state: ActivityState;
  leastAge: number | null;
  mostAge: number | null;
  beneficiaryId: string | null;
  changedBy: string;
  submittedBy: string | null;
  reason: string | null;
  createdAt: Date;
}

export type ActivityFields = Pick<
  StoredActivity,
  'title' | 'words' | 'areaPath' | 'place' | 'leastAge' | 'mostAge' | 'beneficiaryId' | 'changedBy'
>;

function select(db: Db, scope: AreaScope) {
  return (
    selectScoped(db, 'volunteering_activity', scope)
      // Never begun with the few teams, which would read and sort all there is.
      .leftJoin('volunteering_team as team', 'team.id', 'volunteering_activity.team_id')
      .selectAll('volunteering_activity')
      .select(['team.name as team_name', 'team.area_path as team_path'])
  );
}

type Row =
  ReturnType<typeof select> extends SelectQueryBuilder<infer _D, infer _T, infer R> ? R : never;

function toActivity(row: Row): StoredActivity {
  return {
    id: binaryToId(row.id),
    programmeId: binaryToId(row.programme_id),
    teamId: binaryToId(row.team_id),
    teamName: row.team_name ?? '',
    teamPath: row.team_path ?? '',
    title: row.title,
    words: row.words,
    areaPath: row.area_path,
    place: row.place,
    state: row.state as ActivityState,
    leastAge: row.least_age,
    mostAge: row.most_age,
    beneficiaryId: binaryToIdOrNull(row.beneficiary_id),
    changedBy: binaryToId(row.changed_by),
    submittedBy: binaryToIdOrNull(row.submitted_by),
    reason: row.reason,
    createdAt: row.created_at,
  };
}

const columnsOf = (fields: ActivityFields) => ({
  title: fields.title,
  words: fields.words,
  area_path: fields.areaPath,
  place: fields.place,
  least_age: fields.leastAge,
  most_age: fields.mostAge,
  beneficiary_id: fields.beneficiaryId === null ? null : idToBinary(fields.beneficiaryId),
  changed_by: idToBinary(fields.changedBy),
});

export async function insertActivity(
  tx: Db,
  clock: ClockOffset,
  one: ActivityFields & { id: string; programmeId: string; teamId: string },
): Promise<void> {
  await tx
    .insertInto('volunteering_activity')
    .values({
      id: idToBinary(one.id),
      programme_id: idToBinary(one.programmeId),
      team_id: idToBinary(one.teamId),
      ...columnsOf(one),
      state: 'draft',
      submitted_by: null,
      decided_by: null,
      reason: null,
      created_at: sqlNow(clock),
    })
    .execute();
}

export async function updateActivity(tx: Db, id: string, fields: ActivityFields): Promise<void> {
  await tx
    .updateTable('volunteering_activity')
    .set(columnsOf(fields))
    .where('id', '=', idToBinary(id))
    .execute();
}

/** Brings a locked activity to a state, with who did it. */
export async function setActivityState(
  tx: Db,
  id: string,
  to: {
    state: ActivityState;
    submittedBy?: string;
    decidedBy?: string | null;
    reason?: string | null;
  },
): Promise<void> {
  const { state, submittedBy, decidedBy, reason } = to;
  const decider = decidedBy === null ? null : decidedBy && idToBinary(decidedBy);
  await tx
    .updateTable('volunteering_activity')
    .set({
      state,
      ...(submittedBy === undefined ? {} : { submitted_by: idToBinary(submittedBy) }),
      ...(decider === undefined || decider === '' ? {} : { decided_by: decider }),
      ...(reason === undefined ? {} : { reason }),
    })
    .where('id', '=', idToBinary(id))
    .execute();
}

export async function findActivity(
  db: Db,
  id: string,
  scope: AreaScope = everywhere,
): Promise<StoredActivity | null> {
  const row = await select(db, scope)
    .where('volunteering_activity.id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toActivity(row) : null;
}

/** Locks an activity, whose shifts and state change one after the other. */
export async function lockActivity(tx: Db, id: string): Promise<StoredActivity | null> {
  await selectScoped(tx, 'volunteering_activity', everywhere)
    .select('id')
    .where('id', '=', idToBinary(id))
    .forUpdate()
    .execute();
  return findActivity(tx, id);
}

export interface ActivityFilter {
  teamId?: string;
  state?: ActivityState | undefined;
  search?: string | undefined;
}

/** Activities of an area or a team, the newest first, one more than the limit. */
export async function listActivities(
  db: Db,
  scope: AreaScope,
  { teamId, state, search }: ActivityFilter,
  page: { after: string | null; limit: number },
): Promise<StoredActivity[]> {
  let query = select(db, scope);
  if (teamId !== undefined) {
    query = query.where('volunteering_activity.team_id', '=', idToBinary(teamId));
  }
  if (state !== undefined) query = query.where('volunteering_activity.state', '=', state);
  if (search !== undefined) query = query.where('title', 'like', containing(search));
  if (page.after !== null) {
    query = query.where('volunteering_activity.id', '<', idToBinary(page.after));
  }
  const rows = await query
    .orderBy('volunteering_activity.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toActivity);
}
