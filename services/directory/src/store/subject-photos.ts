import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import type { Kysely } from 'kysely';
import type { DirectoryDatabase } from '../database.ts';

type Db = Kysely<DirectoryDatabase>;

/** Whether some subject shows a picture. */
export async function isPhotoShown(db: Db, photoId: string): Promise<boolean> {
  return (await findKeptPhotos(db, [photoId])).has(photoId);
}

/** Which of these pictures some subject shows. */
export async function findKeptPhotos(db: Db, photoIds: readonly string[]): Promise<Set<string>> {
  if (photoIds.length === 0) return new Set();
  const digests = photoIds.map((photoId) => Buffer.from(photoId, 'hex'));
  const rows = await selectScoped(db, 'directory_subject', everywhere)
    .select('photo_digest')
    .distinct()
    .where('photo_digest', 'in', digests)
    .execute();
  return new Set(rows.map((row) => row.photo_digest?.toString('hex') ?? ''));
}
