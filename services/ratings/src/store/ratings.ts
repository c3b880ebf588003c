import type { Rating } from '@ddp/contracts/ratings/schemas';
import { toSafeInteger } from '@ddp/db-kit/amounts';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, sql } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import type { LevelCount } from '../domain/score.ts';

type Db = Kysely<RatingsDatabase>;

/** Stands for "no programme", so that the unique key holds for those ratings too. */
export const noProgramme = '00000000-0000-0000-0000-000000000000';

const columns = [
  'id',
  'subject_id',
  'subject_name',
  'level',
  'reasons',
  'words',
  'rated_at',
  'is_verified',
] as const;

interface Row {
  id: Buffer;
  subject_id: Buffer;
  subject_name: string;
  level: number;
  reasons: string;
  words: string;
  rated_at: Date;
  is_verified: number;
}

function toRating(row: Row): Rating {
  return {
    id: binaryToId(row.id),
    subjectId: binaryToId(row.subject_id),
    subjectName: row.subject_name,
    level: row.level,
    reasons: row.reasons === '' ? [] : row.reasons.split(','),
    words: row.words,
    ratedAt: row.rated_at.toISOString(),
    isVerified: row.is_verified === 1,
  };
}

export interface NewRating {
  id: string;
  programmeId: string | null;
  subjectId: string;
  subjectName: string;
  codeId: string;
  raterKey: Buffer;
  personId: string | null;
  isVerified: boolean;
  level: number;
  reasons: readonly string[];
  words: string;
  areaPath: string;
  ratedOn: string;
}

export async function insertRating(tx: Db, clock: ClockOffset, rating: NewRating): Promise<void> {
  await tx
    .insertInto('ratings_rating')
    .values({
      id: idToBinary(rating.id),
      programme_id: idToBinary(rating.programmeId ?? noProgramme),
      subject_id: idToBinary(rating.subjectId),
      subject_name: rating.subjectName,
      code_id: idToBinary(rating.codeId),
      kind: 'walk-up',
      rater_key: rating.raterKey,
      person_id: rating.personId === null ? null : idToBinary(rating.personId),
      is_verified: rating.isVerified ? 1 : 0,
      level: rating.level,
      reasons: rating.reasons.join(','),
      words: rating.words,
      area_path: rating.areaPath,
      rated_on: rating.ratedOn,
      rated_at: sqlNow(clock),
    })
    .execute();
}

export async function findRating(db: Db, id: string): Promise<Rating | null> {
  const row = await selectScoped(db, 'ratings_rating', everywhere)
    .select(columns)
    .where('id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toRating(row) : null;
}

/** A person's own ratings, newest first, one more than the limit. */
export async function listRatingsOf(
  db: Db,
  personId: string,
  after: string | null,
  limit: number,
): Promise<Rating[]> {
  let query = selectScoped(db, 'ratings_rating', everywhere)
    .select(columns)
    .where('person_id', '=', idToBinary(personId));
  if (after !== null) query = query.where('id', '<', idToBinary(after));
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map(toRating);
}

/** How often each level was given to a subject, verified residents and guests apart. */
export async function countLevels(
  db: Db,
  subjectId: string,
): Promise<{ verified: LevelCount[]; guestCount: number }> {
  const rows = await selectScoped(db, 'ratings_rating', everywhere)
    .select(['level', 'is_verified', sql<number>`COUNT(*)`.as('count')])
    .where('subject_id', '=', idToBinary(subjectId))
    .groupBy(['level', 'is_verified'])
    .execute();
  const guests = rows.filter((row) => row.is_verified === 0);
  return {
    verified: rows
      .filter((row) => row.is_verified === 1)
      .map((row) => ({ level: row.level, count: toSafeInteger(row.count) })),
    guestCount: guests.reduce((sum, row) => sum + toSafeInteger(row.count), 0),
  };
}

/** Cuts the tie between a person and their ratings; the ratings stay. */
export async function forgetRater(tx: Db, personId: string): Promise<void> {
  await tx
    .updateTable('ratings_rating')
    .set({
      person_id: null,
      words: '',
      rater_key: sql<Buffer>`UNHEX(SHA2(CONCAT('erased:', HEX(id)), 256))`,
    })
    .where('person_id', '=', idToBinary(personId))
    .execute();
}
