import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { listMerchants as route } from '@ddp/contracts/rewards/routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RewardsDeps } from '../deps.ts';
import * as merchants from '../store/merchants.ts';

export async function listMerchants(
  { store }: RewardsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('rewards.read', principal);
  const after = decodeCursor(query.cursor, idCursor);
  const { areaPaths } = requirePerson(principal);
  const rows = await merchants.listMerchants(store.db, areaPaths, after, query.limit);
  return toPage(
    rows,
    query.limit,
    ({ programmeId: _programmeId, ...merchant }) => merchant,
    (merchant) => merchant.id,
  );
}
