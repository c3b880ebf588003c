import type { Benefit } from '@ddp/contracts/rewards/schemas';
import { toSafeInteger } from '@ddp/db-kit/amounts';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { containing } from '@ddp/db-kit/like';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely, SelectQueryBuilder } from 'kysely';
import type { RewardsDatabase } from '../database.ts';

type Db = Kysely<RewardsDatabase>;

export interface StoredBenefit extends Benefit {
  programmeId: string;
}

/** Which benefits a reader sees: an area's, a programme's offer, or a shop's own. */
export type BenefitReach =
  | { kind: 'area'; scope: AreaScope }
  | { kind: 'offer'; programmeId: string }
  | { kind: 'shop'; merchantId: string };

function selectBenefits(db: Db, scope: AreaScope) {
  return selectScoped(db, 'rewards_benefit', scope)
    .innerJoin('rewards_merchant as merchant', 'merchant.id', 'rewards_benefit.merchant_id')
    .selectAll('rewards_benefit')
    .select('merchant.name as merchant_name');
}

type Row =
  ReturnType<typeof selectBenefits> extends SelectQueryBuilder<infer _D, infer _T, infer R>
    ? R
    : never;

function toBenefit(row: Row): StoredBenefit {
  return {
    id: binaryToId(row.id),
    programmeId: binaryToId(row.programme_id),
    title: row.title,
    description: row.description,
    kind: row.kind as Benefit['kind'],
    pricePoints: toSafeInteger(row.price_points),
    minimumStanding: toSafeInteger(row.minimum_standing),
    available: toSafeInteger(row.available),
    perPersonPerMonth: row.per_person_per_month,
    validDays: row.valid_days,
    merchantId: binaryToId(row.merchant_id),
    merchantName: row.merchant_name,
    payer: row.payer as Benefit['payer'],
    areaPath: row.area_path,
    state: row.state as Benefit['state'],
  };
}

export async function insertBenefit(
  tx: Db,
  clock: ClockOffset,
  benefit: StoredBenefit,
): Promise<void> {
  await tx
    .insertInto('rewards_benefit')
    .values({
      id: idToBinary(benefit.id),
      programme_id: idToBinary(benefit.programmeId),
      merchant_id: idToBinary(benefit.merchantId),
      title: benefit.title,
      description: benefit.description,
      kind: benefit.kind,
      price_points: benefit.pricePoints,
      minimum_standing: benefit.minimumStanding,
      initial_stock: benefit.available,
      available: benefit.available,
      reserved: 0,
      sold: 0,
      per_person_per_month: benefit.perPersonPerMonth,
      valid_days: benefit.validDays,
      payer: benefit.payer,
      area_path: benefit.areaPath,
      state: benefit.state,
      created_at: sqlNow(clock),
      funding_version: 0,
    })
    .execute();
}

export async function findBenefit(
  db: Db,
  id: string,
  scope: AreaScope = everywhere,
): Promise<StoredBenefit | null> {
  const row = await selectBenefits(db, scope)
    .where('rewards_benefit.id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toBenefit(row) : null;
}

/** Benefits within reach, newest first, one more than the limit. */
export async function listBenefits(
  db: Db,
  reach: BenefitReach,
  filter: { kind?: string | undefined; search?: string | undefined },
  page: { after: string | null; limit: number },
): Promise<StoredBenefit[]> {
  let query = selectBenefits(db, reach.kind === 'area' ? reach.scope : everywhere);
  if (reach.kind === 'offer') {
    query = query
      .where('rewards_benefit.programme_id', '=', idToBinary(reach.programmeId))
      .where('rewards_benefit.state', '=', 'published');
  } else if (reach.kind === 'shop') {
    query = query.where('rewards_benefit.merchant_id', '=', idToBinary(reach.merchantId));
  }
  if (filter.kind !== undefined) query = query.where('rewards_benefit.kind', '=', filter.kind);
  if (filter.search !== undefined) {
    query = query.where('rewards_benefit.title', 'like', containing(filter.search));
  }
  if (page.after !== null) query = query.where('rewards_benefit.id', '<', idToBinary(page.after));
  const rows = await query
    .orderBy('rewards_benefit.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toBenefit);
}

/** False when the benefit was not in the state it was to come from. */
export async function moveBenefit(
  tx: Db,
  id: string,
  from: Benefit['state'],
  to: Benefit['state'],
): Promise<boolean> {
  const result = await tx
    .updateTable('rewards_benefit')
    .set((eb) => ({ state: to, funding_version: eb('funding_version', '+', 1) }))
    .where('id', '=', idToBinary(id))
    .where('state', '=', from)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

type Shelf = 'available' | 'reserved' | 'sold';

/** Moves one piece of the stock; false when there is none where it is to come from. */
export async function moveStock(tx: Db, benefitId: string, from: Shelf, to: Shelf) {
  const result = await tx
    .updateTable('rewards_benefit')
    .set((eb) => ({
      [from]: eb(from, '-', 1),
      [to]: eb(to, '+', 1),
      funding_version: eb('funding_version', '+', 1),
    }))
    .where('id', '=', idToBinary(benefitId))
    .where(from, '>=', 1)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** What a benefit could pay out, and the version of that. */
export interface Funding {
  benefitId: string;
  programmeId: string;
  fundedPoints: number;
  version: number;
}

/**
 * The price for every piece that is on offer, and for those that are promised and not yet paid out.
 * Read after a change, in its transaction, so that the version belongs to it.
 */
export async function readFunding(tx: Db, benefitId: string): Promise<Funding> {
  const row = await selectScoped(tx, 'rewards_benefit', everywhere)
    .select(['programme_id', 'price_points', 'available', 'reserved', 'state', 'funding_version'])
    .where('id', '=', idToBinary(benefitId))
    .executeTakeFirstOrThrow();
  const offered = row.state === 'published' ? toSafeInteger(row.available) : 0;
  const pieces = offered + toSafeInteger(row.reserved);
  return {
    benefitId,
    programmeId: binaryToId(row.programme_id),
    fundedPoints: pieces * toSafeInteger(row.price_points),
    version: row.funding_version,
  };
}

/** Benefits that were on offer before anybody was told what they could pay out. */
export async function listUntoldBenefits(db: Db, limit: number): Promise<string[]> {
  const rows = await selectScoped(db, 'rewards_benefit', everywhere)
    .select('id')
    .where('funding_version', '=', 0)
    .where('state', 'in', ['published', 'withdrawn'])
    .limit(limit)
    .execute();
  return rows.map(({ id }) => binaryToId(id));
}

/** Begins to tell of a benefit; false when it has begun. */
export async function beginTelling(tx: Db, benefitId: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('rewards_benefit')
    .set({ funding_version: 1 })
    .where('id', '=', idToBinary(benefitId))
    .where('funding_version', '=', 0)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
