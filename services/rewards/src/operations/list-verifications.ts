import type { listVerifications as route } from '@ddp/contracts/rewards/routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RewardsDeps } from '../deps.ts';
import * as verifications from '../store/verifications.ts';
import { requireOperator } from './check-code.ts';

export async function listVerifications(
  { store }: RewardsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const { merchantId } = requireOperator(principal);
  const after = decodeCursor(query.cursor, idCursor);
  const rows = await verifications.listVerifications(store.db, merchantId, after, query.limit);
  return toPage(
    rows,
    query.limit,
    ({ operatorRole: _operatorRole, verifiedAt, ...shown }) => ({
      ...shown,
      verifiedAt: verifiedAt.toISOString(),
    }),
    (verification) => verification.id,
  );
}
