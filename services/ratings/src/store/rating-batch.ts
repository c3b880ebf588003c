import { monthOf, parseCivilDate } from '@ddp/calendar/civil-date';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { insertRows } from '@ddp/db-kit/rows';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import type { Kysely } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import type { Cell } from '../domain/cell.ts';
import { type AcceptedRating, isVerified } from '../domain/decide-ratings.ts';
import { countRatings } from './counters.ts';
import { openPools } from './pools.ts';
import { useRight } from './rights.ts';
import { idOrNone } from './rows.ts';

type Db = Kysely<RatingsDatabase>;

/** Which of these were rated once already, in hex. */
export async function findTaken(db: Db, onceKeys: readonly Buffer[]): Promise<Set<string>> {
  if (onceKeys.length === 0) return new Set();
  const rows = await selectScoped(db, 'ratings_rating', everywhere)
    .select('once_key')
    .where('once_key', 'in', onceKeys)
    .execute();
  return new Set(rows.map((row) => row.once_key.toString('hex')));
}

/** Locks photos that belong to no rating yet; the hex of whose they are, by id. */
export async function lockFreePhotos(
  tx: Db,
  photoIds: readonly string[],
): Promise<Map<string, string>> {
  if (photoIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('ratings_photo')
    .select(['id', 'rater_key'])
    .where('id', 'in', photoIds.map(idToBinary))
    .where('rating_id', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
  return new Map(rows.map((row) => [binaryToId(row.id), row.rater_key.toString('hex')]));
}

const columns = [
  ...(['id', 'programme_id', 'subject_id', 'subject_name', 'subject_person_id'] as const),
  ...(['unit_id', 'code_id', 'kind', 'rater_key', 'rater_class', 'once_key'] as const),
  ...(['person_id', 'is_verified', 'is_named', 'question_version', 'level'] as const),
  ...(['reasons', 'words', 'words_state', 'photo_count', 'state', 'rates_again'] as const),
  ...(['area_path', 'rated_on', 'rated_at'] as const),
];

/**
 * Writes the accepted ratings of a batch with all that follows from them in this service: the one
 * place where a rating comes into being.
 */
export async function insertAccepted(tx: Db, ratings: readonly AcceptedRating[]): Promise<void> {
  if (ratings.length === 0) return;
  await insertRows(tx, 'ratings_rating', columns, ratings.map(toRow));
  await countRatings(
    tx,
    ratings.map((rating) => ({ cell: cellOfRating(rating), level: rating.level })),
  );
  await openPools(tx, ratings);
  await writeSignals(tx, ratings);
  await writeAssistance(tx, ratings);
  for (const { id, right, photoIds } of ratings) {
    if (right) await useRight(tx, right.id, id);
    if (photoIds.length > 0) await keepPhotos(tx, id, photoIds);
  }
}

function cellOfRating(rating: AcceptedRating): Cell {
  return {
    subjectId: rating.subject.id,
    month: monthOf(parseCivilDate(rating.ratedOn)),
    raterClass: rating.rater.raterClass,
    programmeId: rating.programmeId,
    unitId: rating.subject.unitId,
    areaPath: rating.areaPath,
  };
}

const idOrNull = (id: string | null) => (id === null ? null : idToBinary(id));

function toRow(rating: AcceptedRating) {
  const { subject, rater, right } = rating;
  return [
    ...[idToBinary(rating.id), idOrNone(rating.programmeId), idToBinary(subject.id)],
    ...[subject.name, idOrNull(subject.personId), idOrNull(subject.unitId)],
    ...[idToBinary(rating.codeId), rating.kind, rating.raterKey, rater.raterClass],
    ...[rating.onceKey, idOrNull(rater.personId), isVerified(rating) ? 1 : 0],
    ...[rating.isNamed ? 1 : 0, rating.questionVersion, rating.level, rating.reasons.join()],
    ...[rating.words, rating.wordsState, rating.photoIds.length, 'counted'],
    ...[idOrNull(right?.ratesAgain ?? null), rating.areaPath, rating.ratedOn, rating.ratedAt],
  ];
}

async function writeSignals(tx: Db, ratings: readonly AcceptedRating[]): Promise<void> {
  const names = ['rating_id', 'subject_id', 'person_id', 'device', 'network', 'rated_at'];
  const rows = ratings
    .filter(({ device, network }) => device !== null || network !== null)
    .map((rating) => [
      ...[idToBinary(rating.id), idToBinary(rating.subject.id), idOrNull(rating.rater.personId)],
      ...[rating.device, rating.network, rating.ratedAt],
    ]);
  await insertRows(tx, 'ratings_signal', names, rows);
}

async function writeAssistance(tx: Db, ratings: readonly AcceptedRating[]): Promise<void> {
  const names = [
    ...['rating_id', 'area_path', 'assisted_by', 'assisted_by_role', 'consent'],
    ...['consent_words', 'consented_on', 'elder_ref', 'recorded_at'],
  ];
  const rows = ratings.flatMap(({ id, areaPath, assistance, ratedAt }) => {
    if (!assistance) return [];
    const { by, consent, elderRef } = assistance;
    return [
      [
        ...[idToBinary(id), areaPath, idToBinary(by.personId), by.role, consent.kind],
        ...[consent.words, consent.on, elderRef, ratedAt],
      ],
    ];
  });
  await insertRows(tx, 'ratings_assistance', names, rows);
}

async function keepPhotos(tx: Db, ratingId: string, photoIds: readonly string[]): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('ratings_photo')
    .set({ rating_id: idToBinary(ratingId) })
    .where('id', 'in', photoIds.map(idToBinary))
    .where('rating_id', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows !== BigInt(photoIds.length)) throw new Error('a photo was used twice');
}
