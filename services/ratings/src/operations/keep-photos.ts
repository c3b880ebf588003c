import { createHash } from 'node:crypto';
import { actorOf } from '@ddp/auth/authorize';
import type { Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { uploadPhoto as route } from '@ddp/contracts/ratings/photo-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { runCommand } from '@ddp/db-kit/command';
import { deriveId, newId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import type { ImageRoom } from '@ddp/files/image-room';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RatingsDeps } from '../deps.ts';
import { raterKey } from '../domain/rater.ts';
import { countFree, deleteStale, findKept, insertPhoto, lockFree } from '../store/photos.ts';
import { raterOf } from './submit-rating.ts';

/** Of one rater, that belong to no rating yet: two tries at the photos of one rating. */
const mostFree = 6;
const staleMs = 24 * 3_600_000;
const staleBatch = 500;

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
  // No rating could find it again, and nothing would bound how many there are.
  if (personId === null && rater.deviceId === null) throw new Problem(commonProblems.notSignedIn);
  const owner = { actor: actorOf(principal), key, raterKey: raterKey(rater, key), personId };
  return keepPhoto(deps, owner, Buffer.from(body.data, 'base64'));
}

/** The same for a photo that comes with the form of a rating. */
export function keepFormPhoto(
  deps: RatingsDeps,
  principal: Principal,
  { key, index }: { key: string; index: number },
  bytes: Buffer,
): Promise<{ id: string }> {
  const rater = raterOf(principal);
  const { personId } = rater;
  const actor = actorOf(principal);
  const photoKey = deriveId('form-photo', key, String(index));
  const owner = { actor, key: photoKey, raterKey: raterKey(rater, key), personId };
  return keepPhoto(deps, owner, bytes);
}

/** Keeps a photo without what the camera added. The file comes first: a row never lacks its file. */
export async function keepPhoto(
  { store, photos }: RatingsDeps,
  { actor, key, raterKey: whose, personId }: PhotoOwner,
  bytes: Buffer,
): Promise<{ id: string }> {
  const input = createHash('sha256').update(bytes).digest('hex');
  if ((await countFree(store.db, whose)) >= mostFree) throw tooMany();
  const image = await photos.clean(bytes);
  const digest = await photos.store.put(image.bytes);
  const command = { actor, key, name: 'upload-photo', input };
  return runCommand(store, command, async (tx) => {
    const id = newId();
    const { mediaType } = image;
    const file = { digest, mediaType, size: image.bytes.length };
    await insertPhoto(tx, store.clock, { id, ...file, raterKey: whose, personId });
    // Those that come at the same moment see each other here, after they are written.
    if ((await lockFree(tx, whose)) > mostFree) throw tooMany();
    return { id };
  });
}

const tooMany = () => new Problem(commonProblems.tooManyRequests, { retryAfterSeconds: 3_600 });

/** What the sweep needs of the service. */
export interface PhotoKeeping {
  store: Pick<RatingsDeps['store'], 'db' | 'clock'>;
  photos: Pick<ImageRoom, 'store'>;
}

/** Drops photos that no rating came for, and the files that no photo is kept in. */
export async function sweepPhotos({ store, photos }: PhotoKeeping): Promise<void> {
  const now = await readNow(store.db, store.clock);
  const before = new Date(now.getTime() - staleMs);
  for (let count = staleBatch; count === staleBatch; ) {
    count = await deleteStale(store.db, before, staleBatch);
  }
  await photos.store.sweep((digests) => findKept(store.db, digests));
}
