import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { RatingsDatabase } from '../database.ts';

type Db = Kysely<RatingsDatabase>;

export interface StoredPhoto {
  id: string;
  ratingId: string | null;
  /** SHA-256 in hex, under which the file is kept. */
  digest: string;
  mediaType: string;
  size: number;
}

export interface NewPhoto extends Omit<StoredPhoto, 'ratingId'> {
  raterKey: Buffer;
  personId: string | null;
}

export async function insertPhoto(tx: Db, clock: ClockOffset, photo: NewPhoto): Promise<void> {
  await tx
    .insertInto('ratings_photo')
    .values({
      id: idToBinary(photo.id),
      rater_key: photo.raterKey,
      person_id: photo.personId === null ? null : idToBinary(photo.personId),
      rating_id: null,
      digest: Buffer.from(photo.digest, 'hex'),
      media_type: photo.mediaType,
      size: photo.size,
      uploaded_at: sqlNow(clock),
    })
    .execute();
}

/** Photos of a rater that belong to no rating yet. */
export async function countFree(db: Db, raterKey: Buffer): Promise<number> {
  const row = await db
    .selectFrom('ratings_photo')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('rater_key', '=', raterKey)
    .where('rating_id', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** The same with their rows locked, which waits for those that are being written. */
export async function lockFree(tx: Db, raterKey: Buffer): Promise<number> {
  const rows = await tx
    .selectFrom('ratings_photo')
    .select('id')
    .where('rater_key', '=', raterKey)
    .where('rating_id', 'is', null)
    .forUpdate()
    .execute();
  return rows.length;
}

export async function listPhotos(db: Db, ratingId: string): Promise<StoredPhoto[]> {
  const rows = await db
    .selectFrom('ratings_photo')
    .select(['id', 'rating_id', 'digest', 'media_type', 'size'])
    .where('rating_id', '=', idToBinary(ratingId))
    .orderBy('id')
    .execute();
  return rows.map(toPhoto);
}

export async function findPhoto(db: Db, id: string): Promise<StoredPhoto | null> {
  const row = await db
    .selectFrom('ratings_photo')
    .select(['id', 'rating_id', 'digest', 'media_type', 'size'])
    .where('id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toPhoto(row) : null;
}

/** Drops photos that were uploaded for a rating which never came; how many. */
export async function deleteStale(db: Db, before: Date, limit: number): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('ratings_photo')
    .where('rating_id', 'is', null)
    .where('uploaded_at', '<', before)
    .orderBy('uploaded_at')
    .limit(limit)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

export async function deletePhotosOf(tx: Db, personId: string): Promise<void> {
  await tx.deleteFrom('ratings_photo').where('person_id', '=', idToBinary(personId)).execute();
}

/** Which of these files some photo is kept in. */
export async function findKept(db: Db, digests: readonly string[]): Promise<Set<string>> {
  if (digests.length === 0) return new Set();
  const rows = await db
    .selectFrom('ratings_photo')
    .select('digest')
    .distinct()
    .where(
      'digest',
      'in',
      digests.map((digest) => Buffer.from(digest, 'hex')),
    )
    .execute();
  return new Set(rows.map((row) => row.digest.toString('hex')));
}

function toPhoto(row: {
  id: Buffer;
  rating_id: Buffer | null;
  digest: Buffer;
  media_type: string;
  size: number;
}): StoredPhoto {
  return {
    id: binaryToId(row.id),
    ratingId: binaryToIdOrNull(row.rating_id),
    digest: row.digest.toString('hex'),
    mediaType: row.media_type,
    size: row.size,
  };
}
