import { requirePerson } from '@ddp/auth/authorize';
import { decidePermission } from '@ddp/auth/permission-table';
import type { PersonPrincipal, Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type {
  listRatingPhotos as listRoute,
  readPhoto as readRoute,
} from '@ddp/contracts/ratings/photo-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RatingsDeps } from '../deps.ts';
import { isAboutOther } from '../store/own-part.ts';
import { findPhoto, listPhotos } from '../store/photos.ts';
import { findRating, type StoredRating } from '../store/ratings.ts';
import { askerOf } from './refuse-party.ts';

/** The photos of a rating, for whoever gave it and the officers of its area who are not rated. */
export async function listRatingPhotos(
  { store }: RatingsDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  await requireSight(store, principal, await findRating(store.db, params.id));
  const items = await listPhotos(store.db, params.id);
  return { items: items.map(({ id, mediaType, size }) => ({ id, mediaType, size })) };
}

/** A photo itself; one that belongs to no rating yet is shown to nobody. */
export async function readPhoto(
  { store, photos }: RatingsDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof readRoute>,
): Promise<RouteResult<typeof readRoute>> {
  const photo = await findPhoto(store.db, params.id);
  if (!photo?.ratingId) throw new Problem(commonProblems.notFound);
  await requireSight(store, principal, await findRating(store.db, photo.ratingId));
  const bytes = await photos.store.read(photo.digest);
  if (bytes === null) throw new Error(`the file of photo ${photo.id} is not there`);
  return new Uint8Array(bytes);
}

async function requireSight(
  store: RatingsDeps['store'],
  principal: Principal,
  rating: StoredRating | null,
): Promise<void> {
  const person = requirePerson(principal);
  if (rating && rating.personId === person.personId) return;
  if (rating && isOfficerOf(person, rating)) {
    const asker = await askerOf(store.db, person.personId, await readNow(store.db, store.clock));
    if (isAboutOther(asker, rating)) return;
  }
  throw new Problem(commonProblems.notFound);
}

function isOfficerOf(person: PersonPrincipal, { areaPath }: StoredRating): boolean {
  return (
    decidePermission('ratings.review', person) === 'allowed' &&
    person.areaPaths.some((path) => areaPath.startsWith(path))
  );
}
