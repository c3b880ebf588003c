import type { StarReason, StarState } from '@ddp/contracts/volunteering/stars';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, type SelectQueryBuilder, sql, type UpdateObject } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';

type Db = Kysely<VolunteeringDatabase>;

export interface StoredStar {
  id: string;
  programmeId: string;
  personId: string;
  maskedName: string;
  areaPath: string;
  level: number;
  isLive: boolean;
  state: StarState;
  /** What it took. */
  hours: number;
  /** Below which it does not stay. */
  thresholdMinutes: number;
  appealDays: number;
  reference: string | null;
  publishedFrom: string | null;
  publishedTo: string | null;
  answeredBy: string | null;
  reason: StarReason | null;
  appealUntil: Date | null;
  appeal: string | null;
  appealedAt: Date | null;
  appealRecordedBy: string | null;
  decision: string | null;
  proposedAt: Date;
  activeAt: Date | null;
  endedAt: Date | null;
}

export interface NewStar {
  id: string;
  programmeId: string;
  personId: string;
  areaPath: string;
  level: number;
  rulesVersion: number;
  thresholdMinutes: number;
  reachedMinutes: number;
  appealDays: number;
}

function select(db: Db, scope: AreaScope) {
  return selectScoped(db, 'volunteering_star', scope)
    .leftJoin(
      'volunteering_volunteer as volunteer',
      'volunteer.person_id',
      'volunteering_star.person_id',
    )
    .selectAll('volunteering_star')
    .select('volunteer.masked_name');
}

type Row =
  ReturnType<typeof select> extends SelectQueryBuilder<infer _D, infer _T, infer R> ? R : never;

function toStar(row: Row): StoredStar {
  return {
    id: binaryToId(row.id),
    programmeId: binaryToId(row.programme_id),
    personId: binaryToId(row.person_id),
    maskedName: row.masked_name ?? '***',
    areaPath: row.area_path,
    level: row.level,
    isLive: row.live_level !== null,
    state: row.state as StarState,
    hours: row.threshold_minutes / 60,
    thresholdMinutes: row.kept_minutes ?? row.threshold_minutes,
    appealDays: row.appeal_days,
    reference: row.entry_reference,
    publishedFrom: row.published_from,
    publishedTo: row.published_to,
    answeredBy: binaryToIdOrNull(row.answered_by),
    reason: row.reason as StarReason | null,
    appealUntil: row.appeal_until,
    appeal: row.appeal,
    appealedAt: row.appealed_at,
    appealRecordedBy: binaryToIdOrNull(row.appeal_recorded_by),
    decision: row.decision,
    proposedAt: row.proposed_at,
    activeAt: row.active_at,
    endedAt: row.ended_at,
  };
}

export async function insertStar(tx: Db, clock: ClockOffset, one: NewStar): Promise<void> {
  await tx
    .insertInto('volunteering_star')
    .values({
      id: idToBinary(one.id),
      programme_id: idToBinary(one.programmeId),
      person_id: idToBinary(one.personId),
      area_path: one.areaPath,
      level: one.level,
      live_level: one.level,
      state: 'proposed',
      rules_version: one.rulesVersion,
      threshold_minutes: one.thresholdMinutes,
      reached_minutes: one.reachedMinutes,
      appeal_days: one.appealDays,
      objections_open: 0,
      proposed_at: sqlNow(clock),
    })
    .execute();
}

export async function findStar(
  db: Db,
  id: string,
  scope: AreaScope = everywhere,
): Promise<StoredStar | null> {
  const row = await select(db, scope)
    .where('volunteering_star.id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toStar(row) : null;
}

/** Stars of a person whose levels may not begin anew. */
export async function listLiveStars(
  db: Db,
  of: { personId: string; programmeId?: string },
): Promise<StoredStar[]> {
  let query = select(db, everywhere)
    .where('volunteering_star.person_id', '=', idToBinary(of.personId))
    .where('volunteering_star.live_level', 'is not', null);
  if (of.programmeId !== undefined) {
    query = query.where('volunteering_star.programme_id', '=', idToBinary(of.programmeId));
  }
  const rows = await query.orderBy('volunteering_star.level').execute();
  return rows.map(toStar);
}

/** By when they were reached, the newest first, one more than the limit. */
export async function listStars(
  db: Db,
  of: { scope: AreaScope } | { personId: string },
  filter: { state?: StarState | undefined; isAppealed: boolean },
  page: { after: string | null; limit: number },
): Promise<StoredStar[]> {
  let query = select(db, 'scope' in of ? of.scope : everywhere);
  if ('personId' in of) {
    query = query.where('volunteering_star.person_id', '=', idToBinary(of.personId));
  }
  if (filter.state !== undefined) query = query.where('state', '=', filter.state);
  if (filter.isAppealed) {
    query = query
      .where('appealed_at', 'is not', null)
      .where('decided_by', 'is', null)
      .where('state', 'in', ['refused', 'ending']);
  }
  if (page.after !== null) {
    query = query.where('volunteering_star.id', '<', idToBinary(page.after));
  }
  const rows = await query
    .orderBy('volunteering_star.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toStar);
}

type Changes = UpdateObject<VolunteeringDatabase, 'volunteering_star'>;

/** Moves a star on, out of one of some states; false when it is in none of them. */
async function moveOn(
  tx: Db,
  id: string,
  from: readonly StarState[],
  changes: Changes,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('volunteering_star')
    .set(changes)
    .where('id', '=', idToBinary(id))
    .where('state', 'in', [...from])
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** States before a star counts or is refused. */
export const openStates = ['proposed', 'published', 'objected'] as const;

/** The entry is up: its number, and the days it stands there. */
export function markStarPublished(
  tx: Db,
  id: string,
  entry: { reference: string; fromOn: string; toOn: string },
): Promise<boolean> {
  return moveOn(tx, id, openStates, {
    state: sql<string>`CASE WHEN objections_open > 0 THEN 'objected' ELSE 'published' END`,
    entry_reference: entry.reference,
    published_from: entry.fromOn,
    published_to: entry.toOn,
  });
}

/** Counts objections that wait for an answer; they may be told of in any order. */
export function countStarObjection(
  tx: Db,
  id: string,
  change: 1 | -1,
  answeredBy: string | null,
): Promise<boolean> {
  return moveOn(tx, id, [...openStates, 'refused'], {
    // The state first: a column that was set before would be read with its new value.
    state: sql<string>`CASE WHEN state = 'refused' THEN state
      WHEN objections_open + ${change} > 0 THEN 'objected'
      WHEN entry_reference IS NULL THEN 'proposed' ELSE 'published' END`,
    objections_open: sql<number>`objections_open + ${change}`,
    ...(answeredBy === null ? {} : { answered_by: idToBinary(answeredBy) }),
  });
}

export function activateStar(tx: Db, clock: ClockOffset, id: string): Promise<boolean> {
  return moveOn(tx, id, openStates, { state: 'active', active_at: sqlNow(clock) });
}

/** Before it counted; its level is free again. */
export function withdrawStar(
  tx: Db,
  clock: ClockOffset,
  id: string,
  reason: StarReason,
): Promise<boolean> {
  const changes = { state: 'withdrawn', reason, live_level: null, ended_at: sqlNow(clock) };
  return moveOn(tx, id, openStates, changes);
}

/** An objection was upheld; its level stays taken until its hours are gone or an appeal is granted. */
export function refuseStar(tx: Db, id: string, appealUntil: Date): Promise<boolean> {
  const changes = { state: 'refused', reason: 'objection-upheld', appeal_until: appealUntil };
  return moveOn(tx, id, openStates, changes);
}

/** Lets the level of a refused star be reached anew. */
export function releaseStar(
  tx: Db,
  clock: ClockOffset,
  id: string,
  reason: StarReason | null,
): Promise<boolean> {
  const changes = { live_level: null, ended_at: sqlNow(clock), ...(reason ? { reason } : {}) };
  return moveOn(tx, id, ['refused'], changes);
}

/** It counts until its time to appeal is over; an earlier notice that came to nothing is written over. */
export function noticeStar(tx: Db, id: string, appealUntil: Date): Promise<boolean> {
  return moveOn(tx, id, ['active'], {
    ...{ state: 'ending', reason: 'hours-corrected', appeal_until: appealUntil },
    ...{ appeal: null, appealed_at: null, appeal_recorded_by: null },
    ...{ decided_by: null, decision: null },
  });
}

export function keepStar(tx: Db, id: string): Promise<boolean> {
  return moveOn(tx, id, ['ending'], { state: 'active', reason: null, appeal_until: null });
}

/** Somebody decided that it stays with the hours that there are. */
export function grantStarAppeal(tx: Db, id: string, keptMinutes: number): Promise<boolean> {
  const changes = { state: 'active', reason: null, appeal_until: null, kept_minutes: keptMinutes };
  return moveOn(tx, id, ['ending'], changes);
}

export function endStar(
  tx: Db,
  clock: ClockOffset,
  id: string,
  reason: StarReason,
): Promise<boolean> {
  const changes = { state: 'ended', reason, live_level: null, ended_at: sqlNow(clock) };
  return moveOn(tx, id, ['active', 'ending', 'refused'], changes);
}

export function appealStar(
  tx: Db,
  clock: ClockOffset,
  id: string,
  { text, recordedBy }: { text: string; recordedBy: string | null },
): Promise<boolean> {
  return moveOn(tx, id, ['refused', 'ending'], {
    appeal: text,
    appealed_at: sqlNow(clock),
    appeal_recorded_by: recordedBy === null ? null : idToBinary(recordedBy),
  });
}

export function noteStarDecision(
  tx: Db,
  id: string,
  { by, reason }: { by: string; reason: string },
): Promise<boolean> {
  const changes = { decided_by: idToBinary(by), decision: reason };
  return moveOn(tx, id, ['refused', 'ending'], changes);
}

/** Stars that end since nobody appealed in time. */
export async function listDueEndings(
  db: Db,
  clock: ClockOffset,
  limit: number,
): Promise<{ id: string; personId: string }[]> {
  const rows = await selectScoped(db, 'volunteering_star', everywhere)
    .select(['id', 'person_id'])
    .where('state', '=', 'ending')
    .where('appeal_until', '<=', sqlNow(clock))
    .where('appealed_at', 'is', null)
    .orderBy('appeal_until')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ id: binaryToId(row.id), personId: binaryToId(row.person_id) }));
}
