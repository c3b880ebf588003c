import { randomBytes } from 'node:crypto';
import { monthOf, parseCivilDate } from '@ddp/calendar/civil-date';
import type { Rating } from '@ddp/contracts/ratings/schemas';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type Kysely, sql } from 'kysely';
import type { RatingsDatabase, RatingTable } from '../database.ts';
import { type Cell, type RaterClass, raterClasses } from '../domain/cell.ts';
import { type Asker, isOfOthers, ratedColumns } from './own-part.ts';
import { idUnlessNone, noId } from './rows.ts';

type Db = Kysely<RatingsDatabase>;

const columns = [
  ...(['id', 'programme_id', 'subject_id', 'subject_name', 'subject_person_id'] as const),
  ...(['unit_id', 'code_id', 'kind', 'rater_class', 'person_id', 'is_verified'] as const),
  ...(['is_named', 'question_version', 'level', 'reasons', 'words', 'words_state'] as const),
  ...(['photo_count', 'state', 'rates_again', 'area_path', 'rated_on', 'rated_at'] as const),
];
type Row = Pick<RatingTable, (typeof columns)[number]>;

/** A rating with what the public is not told of it. */
export interface StoredRating {
  view: Rating;
  programmeId: string | null;
  subjectPersonId: string | null;
  unitId: string | null;
  codeId: string;
  personId: string | null;
  raterClass: RaterClass;
  areaPath: string;
  ratedOn: string;
  ratedAt: Date;
}

export function toStored(row: Row): StoredRating {
  return {
    view: {
      id: binaryToId(row.id),
      subjectId: binaryToId(row.subject_id),
      subjectName: row.subject_name,
      kind: row.kind as Rating['kind'],
      level: row.level,
      questionVersion: row.question_version,
      reasons: row.reasons === '' ? [] : row.reasons.split(','),
      words: row.words,
      wordsState: row.words_state as Rating['wordsState'],
      photoCount: row.photo_count,
      isNamed: row.is_named === 1,
      state: row.state as Rating['state'],
      ratedAt: row.rated_at.toISOString(),
      isVerified: row.is_verified === 1,
      isAssisted: row.rater_class === 'assisted',
      ratesAgain: binaryToIdOrNull(row.rates_again),
    },
    programmeId: idUnlessNone(row.programme_id),
    subjectPersonId: binaryToIdOrNull(row.subject_person_id),
    unitId: idUnlessNone(row.unit_id ?? noId),
    codeId: binaryToId(row.code_id),
    personId: binaryToIdOrNull(row.person_id),
    raterClass: row.rater_class as RaterClass,
    areaPath: row.area_path,
    ratedOn: row.rated_on,
    ratedAt: row.rated_at,
  };
}

/** The cell that counts a rating. */
export function cellOfStored(rating: StoredRating): Cell {
  const { view, raterClass, programmeId, unitId, areaPath, ratedOn } = rating;
  const month = monthOf(parseCivilDate(ratedOn));
  return { subjectId: view.subjectId, month, raterClass, programmeId, unitId, areaPath };
}

export async function findRating(db: Db, id: string): Promise<StoredRating | null> {
  const row = await selectScoped(db, 'ratings_rating', everywhere)
    .select(columns)
    .where('id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toStored(row) : null;
}

/** Locks a rating, so that its state changes once at a time. */
export async function lockRating(tx: Db, id: string): Promise<StoredRating | null> {
  const row = await selectScoped(tx, 'ratings_rating', everywhere)
    .select(columns)
    .where('id', '=', idToBinary(id))
    .forUpdate()
    .executeTakeFirst();
  return row ? toStored(row) : null;
}

/** A person's own ratings, newest first, one more than the limit. */
export async function listRatingsOf(
  db: Db,
  personId: string,
  after: string | null,
  limit: number,
): Promise<StoredRating[]> {
  let query = selectScoped(db, 'ratings_rating', everywhere)
    .select(columns)
    .where('person_id', '=', idToBinary(personId));
  if (after !== null) query = query.where('id', '<', idToBinary(after));
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map(toStored);
}

/** What an officer may look for among the ratings of an area. */
export interface RatingFilter {
  subjectId?: string | undefined;
  level?: number | undefined;
  kind?: Rating['kind'] | undefined;
  state?: Rating['state'] | undefined;
  wordsState?: Rating['wordsState'] | undefined;
  fromOn?: string | undefined;
  toOn?: string | undefined;
}

/** Ratings of a scope that are about others than the asker, newest first, one more than the limit. */
export async function listRatings(
  db: Db,
  { scope, asker }: { scope: AreaScope; asker: Asker },
  filter: RatingFilter,
  before: string | null,
  limit: number,
): Promise<StoredRating[]> {
  const { subjectId, level, kind, state, wordsState, fromOn, toOn } = filter;
  let query = selectScoped(db, 'ratings_rating', scope)
    .select(columns)
    .where(isOfOthers(asker, ratedColumns));
  if (subjectId !== undefined) query = query.where('subject_id', '=', idToBinary(subjectId));
  if (level !== undefined) query = query.where('level', '=', level);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (state !== undefined) query = query.where('state', '=', state);
  if (wordsState !== undefined) query = query.where('words_state', '=', wordsState);
  if (fromOn !== undefined) query = query.where('rated_on', '>=', fromOn);
  if (toOn !== undefined) query = query.where('rated_on', '<=', toOn);
  if (before !== null) query = query.where('id', '<', idToBinary(before));
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map(toStored);
}

/** Changes the state of a locked rating. */
export async function setRatingState(tx: Db, id: string, state: Rating['state']): Promise<void> {
  await tx.updateTable('ratings_rating').set({ state }).where('id', '=', idToBinary(id)).execute();
}

export async function setWordsState(
  tx: Db,
  id: string,
  wordsState: Rating['wordsState'],
): Promise<void> {
  await tx
    .updateTable('ratings_rating')
    .set({ words_state: wordsState })
    .where('id', '=', idToBinary(id))
    .execute();
}

/** Ratings that the rated may see one by one. */
export interface ShownFilter {
  subjectId: string | undefined;
  personId: string;
  /** Units whose organizations the person may answer for. */
  unitIds: readonly string[];
}

/**
 * Whether the group that begins last before a rating reaches it and is told. Groups do not overlap, so
 * no other can hold it.
 */
const isTold = (db: Db) => {
  const last = selectScoped(db, 'ratings_bin', everywhere)
    .select(sql<Buffer>`CASE WHEN ratings_bin.state = 'told' THEN last_id END`.as('told_to'))
    .where('ratings_bin.subject_id', '=', sql.ref<Buffer>('ratings_rating.subject_id'))
    .where('ratings_bin.rater_class', '=', sql.ref<string>('ratings_rating.rater_class'))
    .where('ratings_bin.first_id', '<=', sql.ref<Buffer>('ratings_rating.id'))
    .orderBy('ratings_bin.first_id', 'desc')
    .limit(1);
  return sql<boolean>`COALESCE(${last} >= ratings_rating.id, FALSE)`;
};

/**
 * Ratings of a subject that are told in a group, or whose rater agreed to be named; newest first, one
 * more than the limit. Those of a subject are read class by class, each along its index, so that a
 * page costs the same however many there are.
 */
export async function listShown(
  db: Db,
  filter: ShownFilter,
  at: { before: string | null } | { id: string },
  limit: number,
): Promise<StoredRating[]> {
  const page = (raterClass?: RaterClass) => {
    let query = selectShown(db, filter);
    if (raterClass) query = query.where('ratings_rating.rater_class', '=', raterClass);
    if ('id' in at) query = query.where('ratings_rating.id', '=', idToBinary(at.id));
    else if (at.before !== null) {
      query = query.where('ratings_rating.id', '<', idToBinary(at.before));
    }
    return query
      .orderBy('ratings_rating.id', 'desc')
      .limit(limit + 1)
      .execute();
  };
  if (filter.subjectId === undefined || 'id' in at) return (await page()).map(toStored);
  const pages: Row[][] = [];
  for (const raterClass of raterClasses) pages.push(await page(raterClass));
  return pages
    .flat()
    .sort((a, b) => Buffer.compare(b.id, a.id))
    .slice(0, limit + 1)
    .map(toStored);
}

function selectShown(db: Db, { subjectId, personId, unitIds }: ShownFilter) {
  const person = idToBinary(personId);
  const query = selectScoped(db, 'ratings_rating', everywhere)
    .select(columns)
    .where('ratings_rating.state', '=', 'counted')
    .where((eb) => eb.or([eb('ratings_rating.is_named', '=', 1), isTold(db)]));
  if (subjectId === undefined) return query.where('ratings_rating.subject_person_id', '=', person);
  return query
    .where('ratings_rating.subject_id', '=', idToBinary(subjectId))
    .where((eb) =>
      eb.or([
        eb('ratings_rating.subject_person_id', '=', person),
        ...(unitIds.length === 0
          ? []
          : [
              eb.and([
                eb('ratings_rating.subject_person_id', 'is', null),
                eb('ratings_rating.unit_id', 'in', unitIds.map(idToBinary)),
              ]),
            ]),
      ]),
    );
}

/** What the keys of raters who left begin with; nobody else's key does. */
const erasedMark = Buffer.alloc(16);

/** Cuts the tie between a person and their ratings; the ratings stay, without words. */
export async function forgetRater(tx: Db, personId: string): Promise<void> {
  const person = idToBinary(personId);
  const drawn = randomBytes(16);
  await tx
    .updateTable('ratings_rating')
    .set({
      person_id: null,
      words: '',
      words_state: 'shown',
      photo_count: 0,
      // One key for all they gave a subject: a group still counts them as one rater.
      rater_key: sql<Buffer>`CONCAT(${erasedMark},
        UNHEX(LEFT(SHA2(CONCAT(${drawn}, subject_id), 256), 32)))`,
      once_key: sql<Buffer>`UNHEX(LEFT(SHA2(CONCAT('erased:', HEX(id)), 256), 32))`,
    })
    .where('person_id', '=', person)
    .execute();
  await tx
    .updateTable('ratings_rating')
    .set({ subject_person_id: null })
    .where('subject_person_id', '=', person)
    .execute();
  await tx
    .updateTable('ratings_right')
    .set({ person_id: null, token_hash: null, rates_again: null })
    .where('person_id', '=', person)
    .execute();
  await tx.deleteFrom('ratings_signal').where('person_id', '=', person).execute();
  // Kept answers hold the words too.
  await tx.deleteFrom('ratings_idempotency').where('scope', '=', `person:${personId}`).execute();
  await tx
    .updateTable('ratings_reply')
    .set({ replied_by: null })
    .where('replied_by', '=', person)
    .execute();
}

/** Ratings by id, in order of id. */
export async function listRatingsByIds(db: Db, ids: readonly Buffer[]): Promise<StoredRating[]> {
  if (ids.length === 0) return [];
  const rows = await selectScoped(db, 'ratings_rating', everywhere)
    .select(columns)
    .where('id', 'in', ids)
    .orderBy('id')
    .execute();
  return rows.map(toStored);
}

export interface Earner {
  ratingId: string;
  programmeId: string;
}

/** Which of these ratings may have earned points. */
export async function listEarners(db: Db, ratingIds: readonly string[]): Promise<Earner[]> {
  const ratings = await listRatingsByIds(db, ratingIds.map(idToBinary));
  return ratings.flatMap(({ view, programmeId }) =>
    view.isVerified && programmeId !== null ? [{ ratingId: view.id, programmeId }] : [],
  );
}

export function groupByProgramme(earners: readonly Earner[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { ratingId, programmeId } of earners) {
    groups.set(programmeId, [...(groups.get(programmeId) ?? []), ratingId]);
  }
  return groups;
}
