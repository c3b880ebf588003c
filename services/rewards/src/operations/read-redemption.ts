import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type {
  listMyRedemptions as listRoute,
  readRedemption as route,
} from '@ddp/contracts/rewards/routes';
import {
  mostAhead,
  type Redemption,
  type RedemptionProgress,
} from '@ddp/contracts/rewards/schemas';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Kysely } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { failureText } from '../domain/failure-text.ts';
import type { Watched } from '../redemption-watch.ts';
import { listWaiting } from '../store/due-redemptions.ts';
import {
  findView,
  listViews,
  listViewsByIds,
  type RedemptionView,
} from '../store/redemption-views.ts';

export async function readRedemption(
  { store }: RewardsDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('resident', principal);
  return showProgress(store.db, params.id, requirePerson(principal).personId);
}

export async function listMyRedemptions(
  { store }: RewardsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  requirePermission('resident', principal);
  const after = decodeCursor(query.cursor, idCursor);
  const rows = await listViews(store.db, requirePerson(principal).personId, after, query.limit);
  return toPage(rows, query.limit, toRedemption, (view) => view.id);
}

/** The same with how many are before it. */
export async function showProgress(
  db: Kysely<RewardsDatabase>,
  id: string,
  personId: string,
): Promise<RedemptionProgress> {
  const progress = (await listProgress(db, [{ id, personId }])).get(id);
  if (!progress) throw new Problem(commonProblems.notFound);
  return progress;
}

/** How far some redemptions are, each of the person who is named; what is not there is left out. */
export async function listProgress(
  db: Kysely<RewardsDatabase>,
  watched: readonly Watched[],
): Promise<Map<string, RedemptionProgress>> {
  const personOf = new Map(watched.map(({ id, personId }) => [id, personId]));
  const views = await listViewsByIds(db, [...personOf.keys()]);
  const own = views.filter(({ view, personId }) => personOf.get(view.id) === personId);
  const isWaiting = own.some(({ view }) => view.state === 'requested');
  const line = isWaiting ? await listWaiting(db, mostAhead) : [];
  const aheadOf = (id: string) => {
    const place = line.indexOf(id);
    return place === -1 ? Math.min(line.length, mostAhead) : place;
  };
  return new Map(
    own.map(({ view }) => {
      const ahead = view.state === 'requested' ? aheadOf(view.id) : null;
      return [view.id, { ...toRedemption(view), ahead }];
    }),
  );
}

/** The person's own redemption; another's looks as if it were not there. */
export async function showRedemption(
  db: Kysely<RewardsDatabase>,
  id: string,
  personId: string,
): Promise<Redemption> {
  const view = await findView(db, id, personId);
  if (!view) throw new Problem(commonProblems.notFound);
  return toRedemption(view);
}

function toRedemption(view: RedemptionView): Redemption {
  return { ...view, failureText: failureText(view.failure) };
}
