import type { Kysely } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import { moveStock } from './benefits.ts';
import { moveBudget, reserveBudget } from './budgets.ts';
import type { StoredRedemption } from './redemptions.ts';
import { listShares, moveShare, type Shelf } from './shares.ts';

type Db = Kysely<RewardsDatabase>;

/** What a redemption takes of stock and budget: always locked in the order budget, share, benefit. */
type Taken = Pick<
  StoredRedemption,
  'benefitId' | 'merchantId' | 'budgetId' | 'pricePoints' | 'unitValueCents'
>;

const amountOf = ({ pricePoints, unitValueCents }: Taken) => ({
  points: pricePoints,
  cents: unitValueCents,
});

export type Reservation =
  | { merchantId: string; failure: null }
  | { merchantId: null; failure: 'sold-out' | 'budget-exhausted' | 'merchant-paused' };

/**
 * Sets a piece of the stock and its part of the budget aside, both or neither: at the merchant that
 * was chosen, else at the one with most stock that takes redemptions.
 */
export async function reserveGoods(tx: Db, redemption: Taken): Promise<Reservation> {
  const { benefitId, budgetId } = redemption;
  if (budgetId !== null && !(await reserveBudget(tx, budgetId, amountOf(redemption)))) {
    return { merchantId: null, failure: 'budget-exhausted' };
  }
  const { merchantIds, failure } = await candidatesOf(tx, redemption);
  for (const merchantId of merchantIds) {
    if (!(await moveShare(tx, benefitId, merchantId, 'available', 'reserved'))) continue;
    if (await moveStock(tx, benefitId, 'available', 'reserved')) {
      return { merchantId, failure: null };
    }
    throw new Error('a benefit has less stock than its merchants');
  }
  if (budgetId !== null) await moveBudget(tx, budgetId, amountOf(redemption), 'reserved', 'free');
  return { merchantId: null, failure };
}

/** Merchants that take redemptions and have a piece, and why it fails where none of them has one. */
async function candidatesOf(tx: Db, { benefitId, merchantId }: Taken) {
  const shares = await listShares(tx, [benefitId]);
  const stocked = shares.filter(
    (share) => share.available > 0 && (merchantId === null || share.merchantId === merchantId),
  );
  const active = stocked.filter((share) => share.merchantState === 'active');
  return {
    merchantIds: active.map((share) => share.merchantId),
    failure: active.length < stocked.length ? ('merchant-paused' as const) : ('sold-out' as const),
  };
}

const budgetMoves = {
  'reserved available': { from: 'reserved', to: 'free' },
  'reserved sold': { from: 'reserved', to: 'spent' },
  'sold reserved': { from: 'spent', to: 'reserved' },
} as const;

/**
 * Moves what a redemption took: `reserved` to `available` when it ends, to `sold` when its voucher is
 * verified, and `sold` back to `reserved` when a verification is undone. False when it is not there.
 */
export async function moveGoods(
  tx: Db,
  redemption: Taken,
  from: 'reserved' | 'sold',
  to: Shelf,
): Promise<boolean> {
  const { benefitId, merchantId, budgetId } = redemption;
  const move = budgetMoves[`${from} ${to}` as keyof typeof budgetMoves];
  if (move === undefined || merchantId === null) return false;
  if (budgetId !== null) {
    if (!(await moveBudget(tx, budgetId, amountOf(redemption), move.from, move.to))) return false;
  }
  return (
    (await moveShare(tx, benefitId, merchantId, from, to)) &&
    (await moveStock(tx, benefitId, from, to))
  );
}
