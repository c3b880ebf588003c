import { isDuplicate } from '@ddp/db-kit/errors';
import { idToBinary } from '@ddp/db-kit/ids';
import type { Kysely } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { PeriodLimit } from '../domain/quota-periods.ts';

type Db = Kysely<RewardsDatabase>;

export interface QuotaOwner {
  programmeId: string;
  personId: string;
  benefitId: string;
}

const columnsOf = (owner: QuotaOwner, period: string) => ({
  programme_id: idToBinary(owner.programmeId),
  person_id: idToBinary(owner.personId),
  benefit_id: idToBinary(owner.benefitId),
  quota_month: period,
});

/** Takes a place in each period; false when one has none left: the caller undoes the transaction. */
export async function takeQuota(
  tx: Db,
  owner: QuotaOwner,
  periods: readonly PeriodLimit[],
): Promise<boolean> {
  for (const { period, limit } of periods) {
    if (!(await takePlace(tx, owner, period, limit))) return false;
  }
  return true;
}

/** Whether each period has a place left; for an early answer, `takeQuota` decides. */
export async function hasQuota(
  db: Db,
  owner: QuotaOwner,
  periods: readonly PeriodLimit[],
): Promise<boolean> {
  for (const { period, limit } of periods) {
    const row = await db
      .selectFrom('rewards_quota')
      .select('used')
      .where((eb) => eb.and(columnsOf(owner, period)))
      .executeTakeFirst();
    if ((row?.used ?? 0) >= limit) return false;
  }
  return true;
}

async function takePlace(tx: Db, owner: QuotaOwner, period: string, limit: number) {
  if (await addToQuota(tx, owner, period, limit)) return true;
  try {
    await tx
      .insertInto('rewards_quota')
      .values({ ...columnsOf(owner, period), used: 1 })
      .execute();
    return true;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return addToQuota(tx, owner, period, limit);
  }
}

async function addToQuota(
  tx: Db,
  owner: QuotaOwner,
  period: string,
  limit: number,
): Promise<boolean> {
  const result = await tx
    .updateTable('rewards_quota')
    .set((eb) => ({ used: eb('used', '+', 1) }))
    .where((eb) => eb.and(columnsOf(owner, period)))
    .where('used', '<', limit)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Gives the places of a redemption back; false when one was not taken. */
export async function returnQuota(
  tx: Db,
  { quotaPeriods, ...owner }: QuotaOwner & { quotaPeriods: readonly string[] },
): Promise<boolean> {
  for (const period of quotaPeriods) {
    const result = await tx
      .updateTable('rewards_quota')
      .set((eb) => ({ used: eb('used', '-', 1) }))
      .where((eb) => eb.and(columnsOf(owner, period)))
      .where('used', '>=', 1)
      .executeTakeFirst();
    if (result.numUpdatedRows !== 1n) return false;
  }
  return true;
}
