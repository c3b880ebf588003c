import { createHash } from 'node:crypto';
import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import type {
  readSubjectPhoto as readRoute,
  setSubjectPhoto as setRoute,
} from '@ddp/contracts/directory/subject-routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type { AnswerHeaders, Caller } from '@ddp/service-kit/bind-route';
import type { DirectoryDeps } from '../deps.ts';
import { findKeptPhotos, isPhotoShown } from '../store/subject-photos.ts';
import { findSubject } from '../store/subjects.ts';
import { alterSubject, requireActive } from './keep-subject.ts';

/**
 * Sets the picture that those who scan see, made small and without what the camera added, or takes it
 * away. The file comes first: a row never lacks its file.
 */
export async function setSubjectPhoto(
  deps: DirectoryDeps,
  caller: Caller,
  { params, body }: RouteRequest<typeof setRoute>,
): Promise<RouteResult<typeof setRoute>> {
  requirePermission('directory.manage', caller.principal);
  const { areaPaths } = requirePerson(caller.principal);
  const { photos, store } = deps;
  // Nobody has pictures made anew for what they cannot change.
  if (!(await findSubject(store.db, params.id, areaPaths))) {
    throw new Problem(commonProblems.notFound);
  }
  const bytes = body.data === null ? null : Buffer.from(body.data, 'base64');
  const photoId = bytes && (await photos.store.put((await photos.clean(bytes)).bytes));
  const given = bytes && createHash('sha256').update(bytes).digest('hex');
  const input = { ...params, given };
  return alterSubject(deps, caller, 'set-subject-photo', input, async (_tx, subject) => {
    requireActive(subject);
    return { change: { photoId }, detail: { isRemoved: photoId === null } };
  });
}

/** A day: a picture that was taken away is soon gone from phones too. */
const cacheControl = 'public, max-age=86400, immutable';

/** The picture itself, for whoever was told where it is, while some subject shows it. */
export async function readSubjectPhoto(
  { store, photos }: DirectoryDeps,
  { params: { photoId } }: RouteRequest<typeof readRoute>,
  headers: AnswerHeaders,
): Promise<RouteResult<typeof readRoute>> {
  if (!(await isPhotoShown(store.db, photoId))) throw new Problem(commonProblems.notFound);
  const bytes = await photos.store.read(photoId);
  if (bytes === null) throw new Error(`the file of photo ${photoId} is not there`);
  headers.cacheControl = cacheControl;
  return new Uint8Array(bytes);
}

/** Drops the files that no subject shows any more. */
export async function sweepSubjectPhotos({
  store,
  photos,
}: {
  store: Pick<DirectoryDeps['store'], 'db'>;
  photos: Pick<DirectoryDeps['photos'], 'store'>;
}): Promise<void> {
  await photos.store.sweep((digests) => findKeptPhotos(store.db, digests));
}
