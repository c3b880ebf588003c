import { idToBinary } from '@ddp/db-kit/ids';
import { changeRows, insertRows } from '@ddp/db-kit/rows';
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

type Places = [programme: Buffer, person: Buffer, benefit: Buffer, period: string, count: number];

/** How many places they have in each period of each owner, in the order of the rows. */
function sumPlaces(all: readonly (QuotaOwner & { quotaPeriods: readonly string[] })[]): Places[] {
  const places = new Map<string, Places>();
  for (const { quotaPeriods, ...owner } of all) {
    for (const period of quotaPeriods) {
      const place = places.get(quotaKey(owner, period));
      const { programme_id, person_id, benefit_id } = columnsOf(owner, period);
      if (place) place[4] += 1;
      else places.set(quotaKey(owner, period), [programme_id, person_id, benefit_id, period, 1]);
    }
  }
  return [...places].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

/** Takes a place in each period of each, as was decided under the locks of their people. */
export async function takePlaces(
  tx: Db,
  taken: readonly (QuotaOwner & { quotaPeriods: readonly string[] })[],
): Promise<void> {
  const columns = ['programme_id', 'person_id', 'benefit_id', 'quota_month', 'used'];
  const orElse = 'ON DUPLICATE KEY UPDATE used = used + VALUES(used)';
  await insertRows(tx, 'rewards_quota', columns, sumPlaces(taken), orElse);
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
  redemption: QuotaOwner & { quotaPeriods: readonly string[] },
): Promise<boolean> {
  return returnQuotas(tx, [redemption]);
}

/** The same of several redemptions. */
export async function returnQuotas(
  tx: Db,
  given: readonly (QuotaOwner & { quotaPeriods: readonly string[] })[],
): Promise<boolean> {
  const places = sumPlaces(given);
  const rows = places.map(([programme, person, benefit, period, count]) => ({
    key: [programme, person, benefit, period],
    values: [count],
    when: [count],
  }));
  const keys = ['programme_id', 'person_id', 'benefit_id', 'quota_month'];
  const how = { keys, set: { used: 'used - ?' }, when: 'used >= ?' };
  return (await changeRows(tx, 'rewards_quota', how, rows)) === rows.length;
}
