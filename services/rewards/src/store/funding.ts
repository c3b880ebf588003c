import { toSafeInteger } from '@ddp/db-kit/amounts';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import type { Kysely } from 'kysely';
import type { RewardsDatabase } from '../database.ts';

type Db = Kysely<RewardsDatabase>;

/** What a benefit or a budget could pay out, and the version of that. */
export interface Funding {
  benefitId: string;
  programmeId: string;
  fundedPoints: number;
  version: number;
}

/**
 * The price for every piece that is on offer, and for those that are promised and not yet paid out.
 * What a sponsor pays for is on offer by the budget, which several benefits may share. Read after a
 * change, in its transaction, so that the version belongs to it.
 */
export async function readFunding(tx: Db, benefitId: string): Promise<Funding> {
  const [funding] = await readFundings(tx, [benefitId]);
  if (!funding) throw new Error(`there is no benefit ${benefitId}`);
  return funding;
}

/** The same of several benefits. */
export async function readFundings(tx: Db, benefitIds: readonly string[]): Promise<Funding[]> {
  if (benefitIds.length === 0) return [];
  const rows = await selectScoped(tx, 'rewards_benefit', everywhere)
    .select(['id', 'programme_id', 'price_points', 'available', 'reserved', 'state'])
    .select(['funding_version', 'budget_id'])
    .where('id', 'in', benefitIds.map(idToBinary))
    .execute();
  return rows.map((row) => {
    const isOffered = row.state === 'published' && row.budget_id === null;
    const pieces = (isOffered ? toSafeInteger(row.available) : 0) + toSafeInteger(row.reserved);
    return {
      benefitId: binaryToId(row.id),
      programmeId: binaryToId(row.programme_id),
      fundedPoints: pieces * toSafeInteger(row.price_points),
      version: row.funding_version,
    };
  });
}

/** Benefits that were on offer before anybody was told what they could pay out. */
export async function listUntoldBenefits(db: Db, limit: number): Promise<string[]> {
  const rows = await selectScoped(db, 'rewards_benefit', everywhere)
    .select('id')
    .where('funding_version', '=', 0)
    .where('state', 'in', ['published', 'paused', 'withdrawn', 'ended'])
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
