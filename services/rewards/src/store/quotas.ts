import { idToBinary } from '@ddp/db-kit/ids';
import { insertRows } from '@ddp/db-kit/rows';
import type { Kysely } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import { type PeriodLimit, type QuotaOwner, quotaKey } from '../domain/quota-periods.ts';

type Db = Kysely<RewardsDatabase>;

const columnsOf = (owner: QuotaOwner, period: string) => ({
  programme_id: idToBinary(owner.programmeId),
  person_id: idToBinary(owner.personId),
  benefit_id: idToBinary(owner.benefitId),
  quota_month: period,
});

/** Takes a place in each period of each, as was decided under the locks of their people. */
export async function takePlaces(
  tx: Db,
  taken: readonly (QuotaOwner & { quotaPeriods: readonly string[] })[],
): Promise<void> {
  const places = new Map<string, [Buffer, Buffer, Buffer, string, number]>();
  for (const { quotaPeriods, ...owner } of taken) {
    for (const period of quotaPeriods) {
      const place = places.get(quotaKey(owner, period));
      const { programme_id, person_id, benefit_id } = columnsOf(owner, period);
      if (place) place[4] += 1;
      else places.set(quotaKey(owner, period), [programme_id, person_id, benefit_id, period, 1]);
    }
  }
  const columns = ['programme_id', 'person_id', 'benefit_id', 'quota_month', 'used'];
  const inOrder = [...places].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  const orElse = 'ON DUPLICATE KEY UPDATE used = used + VALUES(used)';
  await insertRows(tx, 'rewards_quota', columns, inOrder, orElse);
}

/** Whether each period has a place left; for an early answer, the request decides. */
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
