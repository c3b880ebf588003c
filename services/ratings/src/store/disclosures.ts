import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, sql } from 'kysely';
import type { RatingsDatabase } from '../database.ts';

type Db = Kysely<RatingsDatabase>;

/** A bad rating that the rated do not know of yet. */
export interface Hidden {
  id: string;
  subjectId: string;
  programmeId: string;
  subjectPersonId: string | null;
  /** Its rater agreed to be named, or a group of five raters or more tells of it. */
  isDisclosable: boolean;
}

/** State of the group that a rating is in; null where it is in none. */
const stateOfBin = (db: Db) =>
  selectScoped(db, 'ratings_bin', everywhere)
    .select(
      sql<string | null>`IF(ratings_bin.last_id >= rating.id, ratings_bin.state, NULL)`.as('told'),
    )
    .whereRef('ratings_bin.subject_id', '=', sql.ref('rating.subject_id'))
    .whereRef('ratings_bin.rater_class', '=', sql.ref('rating.rater_class'))
    .whereRef('ratings_bin.first_id', '<=', sql.ref('rating.id'))
    .orderBy('ratings_bin.first_id', 'desc')
    .limit(1);

/** Ratings that are hidden from the rated, in order of subject and id, after one of them. */
export async function listHidden(
  db: Db,
  after: Pick<Hidden, 'subjectId' | 'id'> | null,
  limit: number,
): Promise<Hidden[]> {
  let query = selectScoped(db, 'ratings_follow_up', everywhere)
    .innerJoin('ratings_rating as rating', 'rating.id', 'ratings_follow_up.rating_id')
    .select([
      'ratings_follow_up.id',
      'ratings_follow_up.subject_id',
      'ratings_follow_up.programme_id',
      'ratings_follow_up.subject_person_id',
      'rating.state',
      'rating.is_named',
    ])
    .select(stateOfBin(db).as('told'))
    .where('ratings_follow_up.disclosed_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('ratings_follow_up.outcome', 'is', null),
        eb('ratings_follow_up.outcome', '<>', 'withdrawn'),
      ]),
    );
  if (after !== null) {
    const [subject, id] = [idToBinary(after.subjectId), idToBinary(after.id)];
    query = query.where((eb) =>
      eb.or([
        eb('ratings_follow_up.subject_id', '>', subject),
        eb.and([
          eb('ratings_follow_up.subject_id', '=', subject),
          eb('ratings_follow_up.id', '>', id),
        ]),
      ]),
    );
  }
  const rows = await query
    .orderBy('ratings_follow_up.subject_id')
    .orderBy('ratings_follow_up.id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: binaryToId(row.id),
    subjectId: binaryToId(row.subject_id),
    programmeId: binaryToId(row.programme_id),
    subjectPersonId: binaryToIdOrNull(row.subject_person_id),
    isDisclosable: row.state === 'counted' && (row.is_named === 1 || row.told === 'told'),
  }));
}

/** From now on the rated may know of it, and appeal until then; false where they might before. */
export async function markDisclosed(
  tx: Db,
  clock: ClockOffset,
  id: string,
  appealUntil: Date,
): Promise<boolean> {
  const changed = await tx
    .updateTable('ratings_follow_up')
    .set({ disclosed_at: sqlNow(clock), appeal_until: appealUntil })
    .where('id', '=', idToBinary(id))
    .where('disclosed_at', 'is', null)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

/** Whose ratings are asked for: the person's own, and those of organizations they serve in. */
export interface Rated {
  personId: string;
  unitIds: readonly string[];
}

export interface DisclosedRating {
  followUpId: string;
  ratingId: string;
  subjectId: string;
  level: number;
  reasons: string[];
  ratedOn: string;
  appealUntil: Date;
  appealId: string | null;
}

/**
 * Bad ratings that the rated may know of, the newest first, one more than the limit. A group that is
 * held after it was told takes nobody's time to appeal away.
 */
export async function listDisclosed(
  db: Db,
  { personId, unitIds }: Rated,
  filter: { ratingId?: string; before: string | null },
  limit: number,
): Promise<DisclosedRating[]> {
  let query = selectScoped(db, 'ratings_follow_up', everywhere)
    .innerJoin('ratings_rating as rating', 'rating.id', 'ratings_follow_up.rating_id')
    .leftJoin('ratings_appeal as appeal', 'appeal.rating_id', 'ratings_follow_up.rating_id')
    .select([
      'ratings_follow_up.id',
      'ratings_follow_up.rating_id',
      'ratings_follow_up.subject_id',
      'ratings_follow_up.appeal_until',
      'rating.level',
      'rating.reasons',
      'rating.rated_on',
      'appeal.id as appeal_id',
    ])
    .where('ratings_follow_up.disclosed_at', 'is not', null)
    .where('rating.state', '=', 'counted')
    .where((eb) => eb.or([eb('rating.is_named', '=', 1), eb(stateOfBin(db), 'is not', null)]))
    .where((eb) =>
      eb.or([
        eb('ratings_follow_up.subject_person_id', '=', idToBinary(personId)),
        ...(unitIds.length === 0
          ? []
          : [eb('ratings_follow_up.subject_unit_id', 'in', unitIds.map(idToBinary))]),
      ]),
    );
  const { ratingId, before } = filter;
  if (ratingId !== undefined) query = query.where('rating.id', '=', idToBinary(ratingId));
  if (before !== null) query = query.where('ratings_follow_up.id', '<', idToBinary(before));
  const rows = await query
    .orderBy('ratings_follow_up.id', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.flatMap((row) =>
    row.appeal_until === null
      ? []
      : [
          {
            followUpId: binaryToId(row.id),
            ratingId: binaryToId(row.rating_id),
            subjectId: binaryToId(row.subject_id),
            level: row.level,
            reasons: row.reasons === '' ? [] : row.reasons.split(','),
            ratedOn: row.rated_on,
            appealUntil: row.appeal_until,
            appealId: binaryToIdOrNull(row.appeal_id),
          },
        ],
  );
}
