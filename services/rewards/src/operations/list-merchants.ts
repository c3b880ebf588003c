import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type {
  listMyApplications as mineRoute,
  readMerchant as readRoute,
} from '@ddp/contracts/rewards/merchant-routes';
import type { listMerchants as route } from '@ddp/contracts/rewards/routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { everywhere } from '@ddp/db-kit/scope';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RewardsDeps } from '../deps.ts';
import * as merchants from '../store/merchants.ts';
import { showMerchant } from './show-merchant.ts';

export async function listMerchants(
  { store }: RewardsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('rewards.read', principal);
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit };
  const { areaPaths } = requirePerson(principal);
  const rows = await merchants.listMerchants(store.db, areaPaths, query, page);
  return toPage(rows, query.limit, showMerchant, (merchant) => merchant.id);
}

/** What a person applied for, with the answer, and the merchant they act for. */
export async function listMyMerchants(
  { store }: RewardsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof mineRoute>,
): Promise<RouteResult<typeof mineRoute>> {
  requirePermission('signed-in', principal);
  const { personId: applicantId, merchantId } = requirePerson(principal);
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit };
  const rows = await merchants.listMerchants(
    store.db,
    everywhere,
    { of: { applicantId, merchantId } },
    page,
  );
  return toPage(rows, query.limit, showMerchant, (merchant) => merchant.id);
}

export async function readMerchant(
  { store }: RewardsDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof readRoute>,
): Promise<RouteResult<typeof readRoute>> {
  requirePermission('rewards.read', principal);
  const { areaPaths } = requirePerson(principal);
  const merchant = await merchants.findMerchant(store.db, params.id, areaPaths);
  if (!merchant) throw new Problem(commonProblems.notFound);
  return showMerchant(merchant);
}
