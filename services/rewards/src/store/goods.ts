import type { Kysely } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import { groupBy } from '../domain/group-by.ts';
import { planReservations, type Reservation, type Wish } from '../domain/plan-reservations.ts';
import { moveStock } from './benefits.ts';
import { lockBudgetsLeft, moveBudget, reserveBudget } from './budgets.ts';
import { deletePieces, insertPieces, listBoundPieces, type Piece } from './pieces.ts';
import type { StoredRedemption } from './redemptions.ts';
import { lockSharesLeft, moveShare, type Shelf } from './shares.ts';

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

/** Who wants a piece: a redemption, or somebody in a line. */
export type Wanting = Taken & { id: string };

/**
 * Sets pieces of stock and parts of budgets aside for redemptions in their order, under locks of all
 * that they may take; one decision each. What was set aside for one before is taken over by it.
 */
export async function reserveGoods(
  tx: Db,
  redemptions: readonly Wanting[],
): Promise<Map<string, Reservation>> {
  const ids = redemptions.map(({ id }) => id);
  const own = await listBoundPieces(tx, ids);
  const taken = [...own.values()].map(({ id }) => id);
  if ((await deletePieces(tx, taken)) !== taken.length) throw new Error('a piece was taken before');
  const plan = await planGoods(
    tx,
    redemptions.filter(({ id }) => !own.has(id)),
  );
  for (const [id, { merchantId }] of own) plan.set(id, { merchantId, failure: null });
  return plan;
}

/** Sets a piece aside for each in a line while there are any; where, by who wanted it. */
export async function setPiecesAside(
  tx: Db,
  wanting: readonly (Wanting & { ownerId: string })[],
): Promise<Map<string, string>> {
  const plan = await planGoods(tx, wanting);
  const pieces = wanting.flatMap((one) => {
    const merchantId = plan.get(one.id)?.merchantId ?? null;
    return merchantId === null ? [] : [{ ...one, merchantId }];
  });
  await insertPieces(tx, pieces);
  return new Map(pieces.map(({ id, merchantId }) => [id, merchantId]));
}

/** Gives back a piece that was set aside; false when it is not there any more. */
export async function returnPiece(tx: Db, piece: Piece): Promise<boolean> {
  if ((await deletePieces(tx, [piece.id])) !== 1) return false;
  return moveGoods(tx, piece, 'reserved', 'available');
}

/** One decision each under the locks of all that they may take, and what was granted is reserved. */
async function planGoods(tx: Db, wanting: readonly Wanting[]): Promise<Map<string, Reservation>> {
  const wishes = wanting.map((one) => ({ ...one, ...amountOf(one) }));
  const budgets = await lockBudgetsLeft(tx, distinct(wishes.map(({ budgetId }) => budgetId)));
  const shares = await lockSharesLeft(tx, distinct(wishes.map(({ benefitId }) => benefitId)));
  const plan = planReservations(wishes, budgets, shares);
  const granted = wishes.flatMap((wish) => {
    const merchantId = plan.get(wish.id)?.merchantId ?? null;
    return merchantId === null ? [] : [{ ...wish, merchantId }];
  });
  await takeGoods(tx, granted);
  return plan;
}

type Granted = Omit<Wish, 'merchantId'> & { merchantId: string };

async function takeGoods(tx: Db, granted: readonly Granted[]): Promise<void> {
  for (const [id, ones] of groupInOrder(granted, ({ budgetId }) => budgetId)) {
    if (id === null) continue;
    const amount = { points: sumOf(ones, 'points'), cents: sumOf(ones, 'cents') };
    if (!(await reserveBudget(tx, id, amount))) throw new Error('a locked budget has less');
  }
  for (const [benefitId, ones] of groupInOrder(granted, (one) => one.benefitId)) {
    for (const [merchantId, { length }] of groupInOrder(ones, (one) => one.merchantId)) {
      const move = { from: 'available', to: 'reserved', pieces: length } as const;
      if (!(await moveShare(tx, benefitId, merchantId, move))) {
        throw new Error('a locked share has less');
      }
    }
  }
  for (const [benefitId, { length }] of groupInOrder(granted, (one) => one.benefitId)) {
    const move = { from: 'available', to: 'reserved', pieces: length } as const;
    if (!(await moveStock(tx, benefitId, move))) {
      throw new Error('a benefit has less stock than its merchants');
    }
  }
}

const sumOf = (ones: readonly Granted[], unit: 'points' | 'cents') =>
  ones.reduce((sum, one) => sum + one[unit], 0);

/** Groups in the order of their keys, in which rows are locked. */
function groupInOrder<T, K extends string | null>(
  items: readonly T[],
  keyOf: (item: T) => K,
): [K, T[]][] {
  return [...groupBy(items, keyOf)].sort(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1));
}

const distinct = (ids: readonly (string | null)[]): string[] =>
  [...new Set(ids)].filter((id) => id !== null).sort();

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
    (await moveShare(tx, benefitId, merchantId, { from, to, pieces: 1 })) &&
    (await moveStock(tx, benefitId, { from, to, pieces: 1 }))
  );
}
