import type { MerchantState } from '@ddp/contracts/rewards/merchants';
import { toSafeInteger } from '@ddp/db-kit/amounts';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { changeRows } from '@ddp/db-kit/rows';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import type { Kysely } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { ShareLeft } from '../domain/plan-reservations.ts';

type Db = Kysely<RewardsDatabase>;

/** The stock of a benefit at one merchant. */
export interface Share extends ShareLeft {
  merchantName: string;
}

export interface NewShare {
  merchantId: string;
  stock: number;
}

export async function insertShares(
  tx: Db,
  benefitId: string,
  shares: readonly NewShare[],
): Promise<void> {
  await tx
    .insertInto('rewards_share')
    .values(
      shares.map(({ merchantId, stock }) => ({
        benefit_id: idToBinary(benefitId),
        merchant_id: idToBinary(merchantId),
        ...{ initial_stock: stock, available: stock, reserved: 0, sold: 0 },
      })),
    )
    .execute();
}

/** For a draft, of which nothing was sold. */
export async function deleteShares(tx: Db, benefitId: string): Promise<void> {
  await tx.deleteFrom('rewards_share').where('benefit_id', '=', idToBinary(benefitId)).execute();
}

/** The shares of some benefits, those with most stock first. */
export async function listShares(db: Db, benefitIds: readonly string[]): Promise<Share[]> {
  if (benefitIds.length === 0) return [];
  const rows = await selectScoped(db, 'rewards_merchant', everywhere)
    .innerJoin('rewards_share as share', 'share.merchant_id', 'rewards_merchant.id')
    .select([
      'share.benefit_id',
      'share.merchant_id',
      'share.available',
      'rewards_merchant.name',
      'rewards_merchant.state',
    ])
    .where('share.benefit_id', 'in', benefitIds.map(idToBinary))
    .orderBy('share.available', 'desc')
    .orderBy('share.merchant_id')
    .execute();
  return rows.map((row) => ({
    benefitId: binaryToId(row.benefit_id),
    merchantId: binaryToId(row.merchant_id),
    merchantName: row.name,
    merchantState: row.state as MerchantState,
    available: toSafeInteger(row.available),
  }));
}

export type Shelf = 'available' | 'reserved' | 'sold';

export interface StockMove {
  from: Shelf;
  to: Shelf;
  pieces: number;
}

/** Locks the shares of some benefits in order of their key, and tells what is left of each. */
export async function lockSharesLeft(tx: Db, benefitIds: readonly string[]): Promise<ShareLeft[]> {
  if (benefitIds.length === 0) return [];
  await tx
    .selectFrom('rewards_share')
    .select('available')
    .where('benefit_id', 'in', benefitIds.map(idToBinary))
    .orderBy('benefit_id')
    .orderBy('merchant_id')
    .forUpdate()
    .execute();
  return listShares(tx, benefitIds);
}

/** Locks shares in order of their key, those of other merchants of the benefits among them. */
export async function lockShares(
  tx: Db,
  of: readonly { benefitId: string; merchantId: string | null }[],
): Promise<void> {
  const merchants = of.flatMap(({ merchantId }) => merchantId ?? []);
  await tx
    .selectFrom('rewards_share')
    .select('available')
    .where(
      'benefit_id',
      'in',
      of.map(({ benefitId }) => idToBinary(benefitId)),
    )
    .where('merchant_id', 'in', merchants.map(idToBinary))
    .orderBy('benefit_id')
    .orderBy('merchant_id')
    .forUpdate()
    .execute();
}

/** Moves pieces of merchants' stock; false when some are not where they are to come from. */
export async function moveShares(
  tx: Db,
  sums: readonly { benefitId: string; merchantId: string; pieces: number }[],
  { from, to }: Pick<StockMove, 'from' | 'to'>,
): Promise<boolean> {
  const rows = sums.map(({ benefitId, merchantId, pieces }) => ({
    key: [idToBinary(benefitId), idToBinary(merchantId)],
    values: [pieces, pieces],
    when: [pieces],
  }));
  const set = { [from]: `${from} - ?`, [to]: `${to} + ?` };
  const how = { keys: ['benefit_id', 'merchant_id'], set, when: `${from} >= ?` };
  return (await changeRows(tx, 'rewards_share', how, rows)) === rows.length;
}

/** Adds pieces at a merchant that has the benefit; false when it has not. */
export async function addToShare(
  tx: Db,
  benefitId: string,
  { merchantId, stock }: NewShare,
): Promise<boolean> {
  const result = await tx
    .updateTable('rewards_share')
    .set((eb) => ({
      initial_stock: eb('initial_stock', '+', stock),
      available: eb('available', '+', stock),
    }))
    .where('benefit_id', '=', idToBinary(benefitId))
    .where('merchant_id', '=', idToBinary(merchantId))
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** The stock of one merchant, benefit by benefit, newest first, one more than the limit. */
export async function listStock(
  db: Db,
  merchantId: string,
  page: { after: string | null; limit: number },
) {
  let query = selectScoped(db, 'rewards_benefit', everywhere)
    .innerJoin('rewards_share as share', 'share.benefit_id', 'rewards_benefit.id')
    .selectAll('share')
    .select(['rewards_benefit.title', 'rewards_benefit.state'])
    .where('share.merchant_id', '=', idToBinary(merchantId));
  if (page.after !== null) query = query.where('share.benefit_id', '<', idToBinary(page.after));
  const rows = await query
    .orderBy('share.benefit_id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map((row) => ({
    benefitId: binaryToId(row.benefit_id),
    title: row.title,
    state: row.state,
    initialStock: toSafeInteger(row.initial_stock),
    available: toSafeInteger(row.available),
    reserved: toSafeInteger(row.reserved),
    sold: toSafeInteger(row.sold),
  }));
}
