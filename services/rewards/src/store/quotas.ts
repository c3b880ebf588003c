import { isDuplicate } from '@ddp/db-kit/errors';
import { idToBinary } from '@ddp/db-kit/ids';
import type { Kysely } from 'kysely';
import type { RewardsDatabase } from '../database.ts';

type Db = Kysely<RewardsDatabase>;

export interface QuotaKey {
  programmeId: string;
  personId: string;
  benefitId: string;
  /** `YYYY-MM` in Asia/Shanghai. */
  quotaMonth: string;
}

const columnsOf = (key: QuotaKey) => ({
  programme_id: idToBinary(key.programmeId),
  person_id: idToBinary(key.personId),
  benefit_id: idToBinary(key.benefitId),
  quota_month: key.quotaMonth,
});

/** Takes one of the month's places; false when none is left. */
export async function takeQuota(tx: Db, key: QuotaKey, limit: number): Promise<boolean> {
  if (await addToQuota(tx, key, limit)) return true;
  try {
    await tx
      .insertInto('rewards_quota')
      .values({ ...columnsOf(key), used: 1 })
      .execute();
    return true;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return addToQuota(tx, key, limit);
  }
}

async function addToQuota(tx: Db, key: QuotaKey, limit: number): Promise<boolean> {
  const result = await tx
    .updateTable('rewards_quota')
    .set((eb) => ({ used: eb('used', '+', 1) }))
    .where((eb) => eb.and(columnsOf(key)))
    .where('used', '<', limit)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Gives a place back; false when none was taken. */
export async function returnQuota(tx: Db, key: QuotaKey): Promise<boolean> {
  const result = await tx
    .updateTable('rewards_quota')
    .set((eb) => ({ used: eb('used', '-', 1) }))
    .where((eb) => eb.and(columnsOf(key)))
    .where('used', '>=', 1)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
