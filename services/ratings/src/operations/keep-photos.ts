import { createHash } from 'node:crypto';
import { actorOf } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { uploadPhoto as route } from '@ddp/contracts/ratings/photo-routes';
import { maxPhotoBytes } from '@ddp/contracts/ratings/photo-schemas';
import { ratingsProblems } from '@ddp/contracts/ratings/problems';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { runCommand } from '@ddp/db-kit/command';
import { createCommitGroup } from '@ddp/db-kit/group-commit';
import { newId } from '@ddp/db-kit/ids';
import { type CleanImage, cleanImage, ImageRefusedError } from '@ddp/files/clean-image';
import type { FileStore } from '@ddp/files/file-store';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RatingsDeps } from '../deps.ts';
import { raterKey } from '../domain/rater.ts';
import { countFree, deleteStale, findKept, insertPhoto } from '../store/photos.ts';
import { readNow } from '../store/rating-batch.ts';
import { raterOf } from './submit-rating.ts';

const maxSide = 1_600;
/** Of one rater, that belong to no rating yet: two tries at the photos of one rating. */
const mostFree = 6;
const staleMs = 24 * 3_600_000;
const staleBatch = 500;

/** Pictures are made anew one after the other; a few may wait. */
const lineLimits = { maxSize: 1, maxQueue: 24, maxWaitMs: 8_000 };

export function createPhotoRoom(store: FileStore) {
  const line = createCommitGroup<Buffer, CleanImage>({
    ...lineLimits,
    sizeOf: () => 1,
    run: async ([bytes = Buffer.alloc(0)]) => [
      await cleanImage(bytes, { maxBytes: maxPhotoBytes, maxSide }),
    ],
  });
  return {
    store,
    async clean(bytes: Buffer): Promise<CleanImage> {
      const [outcome] = await line.submit([bytes]);
      if (outcome?.status === 'fulfilled') return outcome.value;
      if (outcome?.reason instanceof ImageRefusedError) {
        throw new Problem(ratingsProblems.photoRefused, { cause: outcome.reason });
      }
      throw outcome?.reason;
    },
    drain: () => line.drain(),
  };
}

export type PhotoRoom = ReturnType<typeof createPhotoRoom>;

/** Whose photo it is, and by which command it came. */
export interface PhotoOwner {
  actor: string;
  key: string;
  raterKey: Buffer;
  personId: string | null;
}

/** Takes a photo for a rating that is about to come. */
export async function uploadPhoto(
  deps: RatingsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const rater = raterOf(principal);
  const { personId } = rater;
  const owner = { actor: actorOf(principal), key, raterKey: raterKey(rater, key), personId };
  return keepPhoto(deps, owner, Buffer.from(body.data, 'base64'));
}

/** Keeps a photo without what the camera added. The file comes first: a row never lacks its file. */
export async function keepPhoto(
  { store, photos }: RatingsDeps,
  { actor, key, raterKey: whose, personId }: PhotoOwner,
  bytes: Buffer,
): Promise<{ id: string }> {
  const input = createHash('sha256').update(bytes).digest('hex');
  if ((await countFree(store.db, whose)) >= mostFree) {
    throw new Problem(commonProblems.tooManyRequests, { retryAfterSeconds: 3_600 });
  }
  const image = await photos.clean(bytes);
  const digest = await photos.store.put(image.bytes);
  const command = { actor, key, name: 'upload-photo', input };
  return runCommand(store, command, async (tx) => {
    const id = newId();
    const { mediaType } = image;
    const file = { digest, mediaType, size: image.bytes.length };
    await insertPhoto(tx, store.clock, { id, ...file, raterKey: whose, personId });
    return { id };
  });
}

/** Drops photos that no rating came for, and the files that no photo is kept in. */
export async function sweepPhotos({ store, photos }: RatingsDeps): Promise<void> {
  const now = await readNow(store.db, store.clock);
  const before = new Date(now.getTime() - staleMs);
  for (let count = staleBatch; count === staleBatch; ) {
    count = await deleteStale(store.db, before, staleBatch);
  }
  await photos.store.sweep((digests) => findKept(store.db, digests));
}
