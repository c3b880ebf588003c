import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, sql } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import { leastRaters } from '../domain/bin.ts';

type Db = Kysely<RatingsDatabase>;

export interface Disclosable {
  id: string;
  programmeId: string;
  subjectPersonId: string | null;
}

/** Follow-ups whose rated may know of the rating by now, since enough ratings have come in. */
export async function listDisclosable(db: Db, limit: number): Promise<Disclosable[]> {
  const rows = await selectScoped(db, 'ratings_follow_up', everywhere)
    .select(['id', 'programme_id', 'subject_person_id'])
    .where('disclosed_at', 'is', null)
    .where((eb) => eb.or([eb('outcome', 'is', null), eb('outcome', '<>', 'withdrawn')]))
    .where(
      selectScoped(db, 'ratings_rating', everywhere)
        .select('ratings_rating.rated_at')
        .whereRef('ratings_rating.subject_id', '=', sql.ref('ratings_follow_up.subject_id'))
        .where('ratings_rating.state', '=', 'counted')
        .limit(1)
        .offset(leastRaters - 1),
      'is not',
      null,
    )
    .orderBy('subject_id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: binaryToId(row.id),
    programmeId: binaryToId(row.programme_id),
    subjectPersonId: binaryToIdOrNull(row.subject_person_id),
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

/** Bad ratings that the rated may know of, the newest first, one more than the limit. */
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
