import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { listMyGifts as route } from '@ddp/contracts/rewards/gift-routes';
import type { Gift } from '@ddp/contracts/rewards/gifts';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RewardsDeps } from '../deps.ts';
import { listGifts, type StoredGift } from '../store/gifts.ts';

/** Gifts that the person made, or was offered. */
export async function listMyGifts(
  { store }: RewardsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('resident', principal);
  const { personId } = requirePerson(principal);
  const { direction, limit } = query;
  const page = { direction, limit, after: decodeCursor(query.cursor, idCursor) };
  const rows = await listGifts(store.db, personId, page);
  return toPage(
    rows,
    limit,
    (gift) => showGift(gift, personId),
    ({ id }) => id,
  );
}

/** As one of the two sees it: the voucher is shown to who accepted it alone. */
export function showGift(gift: StoredGift, personId: string): Gift {
  const { id, state, benefitTitle, merchantName, giverName, receiverPhone } = gift;
  const isReceiver = gift.receiverId === personId;
  return {
    ...{ id, state, benefitTitle, merchantName, giverName, receiverPhone },
    direction: isReceiver ? 'received' : 'given',
    voucherExpiresAt: gift.voucherExpiresAt.toISOString(),
    offeredAt: gift.offeredAt.toISOString(),
    offerEndsAt: gift.offerEndsAt.toISOString(),
    decidedAt: gift.decidedAt?.toISOString() ?? null,
    voucherId: isReceiver && state === 'accepted' ? gift.voucherId : null,
  };
}
