import type { Kysely } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import { groupBy } from '../domain/group-by.ts';
import { planReservations, type Reservation, type Wish } from '../domain/plan-reservations.ts';
import { moveStocks } from './benefits.ts';
import { lockBudgetsLeft, moveBudget, reserveBudget } from './budgets.ts';
import { deletePieces, insertPieces, listBoundPieces, type Piece } from './pieces.ts';
import type { StoredRedemption } from './redemptions.ts';
import { lockShares, lockSharesLeft, moveShares, type Shelf } from './shares.ts';

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

/** Gives back pieces that were set aside; false when one of them is not there any more. */
export async function returnPieces(tx: Db, pieces: readonly Piece[]): Promise<boolean> {
  const ids = pieces.map(({ id }) => id);
  if ((await deletePieces(tx, ids)) !== ids.length) return false;
  for (const piece of pieces) {
    if (!(await moveGoods(tx, piece, 'reserved', 'available'))) return false;
  }
  return true;
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
  if (!(await moveSums(tx, granted, 'available', 'reserved'))) {
    throw new Error('a locked share has less');
  }
}

/** Moves a piece for each at its merchant, by one statement for the shares and one for the benefits. */
async function moveSums(
  tx: Db,
  pieces: readonly { benefitId: string; merchantId: string }[],
  from: Shelf,
  to: Shelf,
): Promise<boolean> {
  const shares = groupInOrder(pieces, (one) => `${one.benefitId} ${one.merchantId}`).flatMap(
    ([, ones]) => ones.slice(0, 1).map((one) => ({ ...one, pieces: ones.length })),
  );
  const benefits = groupInOrder(pieces, (one) => one.benefitId).map(([benefitId, ones]) => ({
    benefitId,
    pieces: ones.length,
  }));
  return (
    (await moveShares(tx, shares, { from, to })) && (await moveStocks(tx, benefits, { from, to }))
  );
}

const sumOf = (ones: readonly { points: number; cents: number }[], unit: 'points' | 'cents') =>
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
export function moveGoods(
  tx: Db,
  redemption: Taken,
  from: 'reserved' | 'sold',
  to: Shelf,
): Promise<boolean> {
  return moveGoodsTogether(tx, [redemption], from, to);
}

/**
 * Locks what some redemptions took, in the one order, before anything is moved: who waits for a
 * merchant's stock knows then that all of them are written.
 */
export async function lockGoods(tx: Db, redemptions: readonly Taken[]): Promise<void> {
  if (redemptions.length === 0) return;
  await lockBudgetsLeft(tx, distinct(redemptions.map(({ budgetId }) => budgetId)));
  await lockShares(tx, redemptions);
}

/** Moves what several redemptions took, in sums; false where some of it is not there. */
export async function moveGoodsTogether(
  tx: Db,
  redemptions: readonly Taken[],
  from: 'reserved' | 'sold',
  to: Shelf,
): Promise<boolean> {
  const move = budgetMoves[`${from} ${to}` as keyof typeof budgetMoves];
  const pieces = redemptions.flatMap(({ benefitId, merchantId }) =>
    merchantId === null ? [] : [{ benefitId, merchantId }],
  );
  if (move === undefined || pieces.length !== redemptions.length) return false;
  for (const [id, ones] of groupInOrder(redemptions, ({ budgetId }) => budgetId)) {
    if (id === null) continue;
    const amounts = ones.map(amountOf);
    const amount = { points: sumOf(amounts, 'points'), cents: sumOf(amounts, 'cents') };
    if (!(await moveBudget(tx, id, amount, move.from, move.to))) return false;
  }
  return moveSums(tx, pieces, from, to);
}
