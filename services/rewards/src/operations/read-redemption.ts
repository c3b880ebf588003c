import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type {
  listMyRedemptions as listRoute,
  readRedemption as route,
} from '@ddp/contracts/rewards/routes';
import type { Redemption } from '@ddp/contracts/rewards/schemas';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Kysely } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { failureText } from '../domain/failure-text.ts';
import { findView, listViews, type RedemptionView } from '../store/redemption-views.ts';

export async function readRedemption(
  { store }: RewardsDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('resident', principal);
  return showRedemption(store.db, params.id, requirePerson(principal).personId);
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
