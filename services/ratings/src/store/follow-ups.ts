import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import type { Course, FollowUpOutcome, FollowUpState } from '../domain/follow-up.ts';
import { type Asker, followedColumns, isOfOthers } from './own-part.ts';

type Db = Kysely<RatingsDatabase>;

export interface FollowUpRow extends Course {
  id: string;
  ratingId: string;
  programmeId: string;
  subjectId: string;
  /** Who is rated; null for an organization, and once the person was erased. */
  subjectPersonId: string | null;
  /** The unit of an organization that is rated. */
  subjectUnitId: string | null;
  areaPath: string;
  ownerId: string | null;
  receiverId: string | null;
  openedAt: Date;
  extendedAt: Date | null;
  resolvedAt: Date | null;
  closedAt: Date | null;
  overdueSince: Date | null;
  climbs: number;
  reopenings: number;
  outcome: FollowUpOutcome | null;
  outcomeWords: string | null;
  passedTo: string | null;
  isCalendarKnown: boolean;
  disclosedAt: Date | null;
  appealUntil: Date | null;
  /** Of the rating, as it was given. */
  subjectName: string;
  level: number;
  reasons: string[];
  words: string;
  raterPersonId: string | null;
  ratedOn: string;
}

function select(db: Db, scope: AreaScope) {
  return selectScoped(db, 'ratings_follow_up', scope)
    .innerJoin('ratings_rating as rating', 'rating.id', 'ratings_follow_up.rating_id')
    .selectAll('ratings_follow_up')
    .select([
      'rating.subject_name',
      'rating.level',
      'rating.reasons',
      'rating.words',
      'rating.person_id as rater_person_id',
      'rating.rated_on',
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];

function toFollowUp(row: Row): FollowUpRow {
  return {
    id: binaryToId(row.id),
    ratingId: binaryToId(row.rating_id),
    programmeId: binaryToId(row.programme_id),
    subjectId: binaryToId(row.subject_id),
    subjectPersonId: binaryToIdOrNull(row.subject_person_id),
    subjectUnitId: binaryToIdOrNull(row.subject_unit_id),
    areaPath: row.area_path,
    deskPath: row.desk_path,
    state: row.state as FollowUpState,
    ownerId: binaryToIdOrNull(row.owner_id),
    receiverId: binaryToIdOrNull(row.receiver_id),
    openedAt: row.opened_at,
    acceptBy: row.accept_by,
    contactBy: row.contact_by,
    resolveBy: row.resolve_by,
    contactedAt: row.contacted_at,
    extendedAt: row.extended_at,
    resolvedAt: row.resolved_at,
    reRateUntil: row.re_rate_until,
    closedAt: row.closed_at,
    overdueSince: row.overdue_since,
    climbs: row.climbs,
    reopenings: row.reopenings,
    outcome: row.outcome as FollowUpOutcome | null,
    outcomeWords: row.outcome_words,
    passedTo: row.passed_to,
    isCalendarKnown: row.is_calendar_known === 1,
    disclosedAt: row.disclosed_at,
    appealUntil: row.appeal_until,
    subjectName: row.subject_name,
    level: row.level,
    reasons: row.reasons === '' ? [] : row.reasons.split(','),
    words: row.words,
    raterPersonId: binaryToIdOrNull(row.rater_person_id),
    ratedOn: row.rated_on,
  };
}

export async function findFollowUp(
  db: Db,
  id: string,
  scope: AreaScope = everywhere,
): Promise<FollowUpRow | null> {
  const row = await select(db, scope)
    .where('ratings_follow_up.id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toFollowUp(row) : null;
}

/** Locks it: every step goes through this row first. */
export async function lockFollowUp(
  tx: Db,
  id: string,
  scope: AreaScope = everywhere,
): Promise<FollowUpRow | null> {
  const row = await selectScoped(tx, 'ratings_follow_up', scope)
    .select('id')
    .where('id', '=', idToBinary(id))
    .forUpdate()
    .executeTakeFirst();
  return row ? findFollowUp(tx, id) : null;
}

/** Locks the follow-up of a rating, if it has one. */
export async function lockFollowUpOf(tx: Db, ratingId: string): Promise<FollowUpRow | null> {
  const row = await selectScoped(tx, 'ratings_follow_up', everywhere)
    .select('id')
    .where('rating_id', '=', idToBinary(ratingId))
    .forUpdate()
    .executeTakeFirst();
  return row ? findFollowUp(tx, binaryToId(row.id)) : null;
}

export interface FollowUpFilter {
  scope: AreaScope;
  state?: FollowUpState | undefined;
  outcome?: FollowUpOutcome | undefined;
  subjectId?: string | undefined;
  /** Owned by this person or sent to them. */
  personId?: string | undefined;
  /** On a desk that posts over these areas reach. */
  deskPaths?: readonly string[] | undefined;
  isOverdue?: boolean | undefined;
  raterId?: string | undefined;
  /** Staff, who are shown no case of their own. */
  asker?: Asker;
  before: string | null;
}

/** Follow-ups, the newest first, one more than the limit. */
export async function listFollowUps(
  db: Db,
  filter: FollowUpFilter,
  limit: number,
): Promise<FollowUpRow[]> {
  const { state, outcome, subjectId, personId, deskPaths, isOverdue, raterId, before } = filter;
  let query = select(db, filter.scope);
  if (state !== undefined) query = query.where('ratings_follow_up.state', '=', state);
  if (outcome !== undefined) query = query.where('ratings_follow_up.outcome', '=', outcome);
  if (subjectId !== undefined) {
    query = query.where('ratings_follow_up.subject_id', '=', idToBinary(subjectId));
  }
  if (personId !== undefined) {
    const person = idToBinary(personId);
    query = query.where((eb) =>
      eb.or([
        eb('ratings_follow_up.owner_id', '=', person),
        eb('ratings_follow_up.receiver_id', '=', person),
      ]),
    );
  }
  if (deskPaths !== undefined) {
    query = query.where((eb) =>
      eb.or(deskPaths.map((path) => eb('ratings_follow_up.desk_path', 'like', `${path}%`))),
    );
  }
  if (isOverdue !== undefined) {
    query = query.where('ratings_follow_up.overdue_since', isOverdue ? 'is not' : 'is', null);
  }
  if (filter.asker) query = query.where(isOfOthers(filter.asker, followedColumns));
  if (raterId !== undefined) query = query.where('rating.person_id', '=', idToBinary(raterId));
  if (before !== null) query = query.where('ratings_follow_up.id', '<', idToBinary(before));
  const rows = await query
    .orderBy('ratings_follow_up.id', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map(toFollowUp);
}

export interface NewFollowUp extends Course {
  id: string;
  ratingId: string;
  programmeId: string;
  subjectId: string;
  subjectPersonId: string | null;
  subjectUnitId: string | null;
  areaPath: string;
  openedAt: Date;
  nextDueAt: Date;
  isCalendarKnown: boolean;
}

/** Opens them all in one statement. Throws a duplicate where a rating has one already. */
export async function insertFollowUps(tx: Db, all: readonly NewFollowUp[]): Promise<void> {
  await tx
    .insertInto('ratings_follow_up')
    .values(
      all.map((one) => ({
        id: idToBinary(one.id),
        rating_id: idToBinary(one.ratingId),
        programme_id: idToBinary(one.programmeId),
        subject_id: idToBinary(one.subjectId),
        subject_person_id: one.subjectPersonId === null ? null : idToBinary(one.subjectPersonId),
        subject_unit_id: one.subjectUnitId === null ? null : idToBinary(one.subjectUnitId),
        area_path: one.areaPath,
        desk_path: one.deskPath,
        state: one.state,
        owner_id: null,
        receiver_id: null,
        opened_at: one.openedAt,
        accept_by: one.acceptBy,
        contact_by: one.contactBy,
        resolve_by: one.resolveBy,
        contacted_at: null,
        extended_at: null,
        resolved_at: null,
        re_rate_until: null,
        closed_at: null,
        next_due_at: one.nextDueAt,
        overdue_since: null,
        climbs: 0,
        reopenings: 0,
        outcome: null,
        outcome_words: null,
        passed_to: null,
        is_calendar_known: one.isCalendarKnown ? 1 : 0,
        disclosed_at: null,
        appeal_until: null,
      })),
    )
    .execute();
}

/** Writes what a step changed in a follow-up that the transaction holds the lock of. */
export async function saveFollowUp(tx: Db, one: FollowUpRow, dueAt: Date | null): Promise<void> {
  await tx
    .updateTable('ratings_follow_up')
    .set({
      desk_path: one.deskPath,
      state: one.state,
      owner_id: one.ownerId === null ? null : idToBinary(one.ownerId),
      receiver_id: one.receiverId === null ? null : idToBinary(one.receiverId),
      accept_by: one.acceptBy,
      contact_by: one.contactBy,
      resolve_by: one.resolveBy,
      contacted_at: one.contactedAt,
      extended_at: one.extendedAt,
      resolved_at: one.resolvedAt,
      re_rate_until: one.reRateUntil,
      closed_at: one.closedAt,
      next_due_at: dueAt,
      overdue_since: one.overdueSince,
      climbs: one.climbs,
      reopenings: one.reopenings,
      outcome: one.outcome,
      outcome_words: one.outcomeWords,
      passed_to: one.passedTo,
      is_calendar_known: one.isCalendarKnown ? 1 : 0,
    })
    .where('id', '=', idToBinary(one.id))
    .execute();
}

/**
 * Follow-ups with a deadline that has passed by the database's clock, the longest overdue first;
 * after a row of the page before, so that one that fails does not hold up those behind it.
 */
export async function listDueFollowUps(
  db: Db,
  clock: ClockOffset,
  after: { dueAt: Date; id: string } | null,
  limit: number,
): Promise<{ id: string; dueAt: Date }[]> {
  let query = selectScoped(db, 'ratings_follow_up', everywhere)
    .select(['id', 'next_due_at'])
    .where('next_due_at', '<=', sqlNow(clock));
  if (after !== null) {
    const { dueAt, id } = after;
    query = query.where((eb) =>
      eb.or([
        eb('next_due_at', '>', dueAt),
        eb.and([eb('next_due_at', '=', dueAt), eb('id', '>', idToBinary(id))]),
      ]),
    );
  }
  const rows = await query.orderBy('next_due_at').orderBy('id').limit(limit).execute();
  return rows.flatMap((row) =>
    row.next_due_at === null ? [] : [{ id: binaryToId(row.id), dueAt: row.next_due_at }],
  );
}
