import { requirePerson } from '@ddp/auth/authorize';
import type {
  listMyRatings as listRoute,
  readScore as scoreRoute,
} from '@ddp/contracts/ratings/routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RatingsDeps } from '../deps.ts';
import { scoreOf } from '../domain/score.ts';
import { countLevels, listRatingsOf } from '../store/ratings.ts';

const notice = '评价不得单独作为薪酬或解聘的依据。Ratings alone never decide pay or dismissal.';

export async function listMyRatings(
  { store }: RatingsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  const { personId } = requirePerson(principal);
  const after = decodeCursor(query.cursor, idCursor);
  const rows = await listRatingsOf(store.db, personId, after, query.limit);
  return toPage(
    rows,
    query.limit,
    (rating) => rating,
    (rating) => rating.id,
  );
}

/** The mean of a subject with its sample and interval; nothing single below five ratings. */
export async function readScore(
  { store }: RatingsDeps,
  _caller: Caller,
  { params }: RouteRequest<typeof scoreRoute>,
): Promise<RouteResult<typeof scoreRoute>> {
  const { verified, guestCount } = await countLevels(store.db, params.id);
  return { subjectId: params.id, ...scoreOf(verified), guestCount, notice };
}
