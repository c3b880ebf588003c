import { idToBinary } from '@ddp/db-kit/ids';
import { type Kysely, sql } from 'kysely';
import type { PointsDatabase } from '../database.ts';

type Db = Kysely<PointsDatabase>;

export interface RatingMark {
  programmeId: string;
  ratingId: string;
  /** The flag that it is about; the rating itself where it was withdrawn. */
  markId: string;
  mark: 'withdrawn' | 'left-out' | 'lifted';
}

/**
 * Keeps what was told of a rating, in any order: what is lifted stays lifted. The participation of
 * whoever rated must be locked, so that an award of the rating takes turns with it. False where a
 * flag was lifted before it was told of.
 */
export async function keepMark(tx: Db, one: RatingMark): Promise<boolean> {
  const row = {
    rating_id: idToBinary(one.ratingId),
    mark_id: idToBinary(one.markId),
    programme_id: idToBinary(one.programmeId),
    mark: one.mark,
  };
  const isLifting = one.mark === 'lifted';
  await tx
    .insertInto('points_rating_mark')
    .values(row)
    .onDuplicateKeyUpdate({ mark: isLifting ? 'lifted' : sql<string>`mark` })
    .execute();
  const kept = await tx
    .selectFrom('points_rating_mark')
    .select('mark')
    .where('rating_id', '=', row.rating_id)
    .where('mark_id', '=', row.mark_id)
    .executeTakeFirstOrThrow();
  return kept.mark === one.mark;
}

/** Whether a rating was withdrawn or is left out, as far as that was told. */
export async function isMarked(tx: Db, ratingId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('points_rating_mark')
    .select('mark_id')
    .where('rating_id', '=', idToBinary(ratingId))
    .where('mark', '<>', 'lifted')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
