import type { Merchant, MerchantState } from '@ddp/contracts/rewards/merchants';
import { toSafeInteger } from '@ddp/db-kit/amounts';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { containing } from '@ddp/db-kit/like';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely, Selectable } from 'kysely';
import type { RewardsDatabase } from '../database.ts';

type Db = Kysely<RewardsDatabase>;

export interface StoredMerchant extends Merchant {
  programmeId: string;
  /** Who applied; null where staff registered it, and for a person who left. */
  applicantId: string | null;
  pausedBy: 'owner' | 'officer' | null;
}

function toMerchant(row: Selectable<RewardsDatabase['rewards_merchant']>): StoredMerchant {
  return {
    id: binaryToId(row.id),
    programmeId: binaryToId(row.programme_id),
    name: row.name,
    address: row.address,
    areaPath: row.area_path,
    state: row.state as MerchantState,
    business: row.business,
    reason: row.reason,
    monthlyCeilingCents:
      row.monthly_ceiling_cents === null ? null : toSafeInteger(row.monthly_ceiling_cents),
    applicantId: binaryToIdOrNull(row.applicant_id),
    pausedBy: row.paused_by as StoredMerchant['pausedBy'],
  };
}

export type NewMerchant = Pick<
  StoredMerchant,
  'id' | 'programmeId' | 'name' | 'address' | 'areaPath' | 'state' | 'business' | 'applicantId'
>;

export async function insertMerchant(
  tx: Db,
  clock: ClockOffset,
  merchant: NewMerchant,
): Promise<void> {
  await tx
    .insertInto('rewards_merchant')
    .values({
      id: idToBinary(merchant.id),
      programme_id: idToBinary(merchant.programmeId),
      name: merchant.name,
      address: merchant.address,
      area_path: merchant.areaPath,
      created_at: sqlNow(clock),
      state: merchant.state,
      business: merchant.business,
      applicant_id: merchant.applicantId === null ? null : idToBinary(merchant.applicantId),
      decided_by: null,
      reason: null,
      paused_by: null,
      monthly_ceiling_cents: null,
    })
    .execute();
}

export async function findMerchant(
  db: Db,
  id: string,
  scope: AreaScope = everywhere,
): Promise<StoredMerchant | null> {
  const row = await selectScoped(db, 'rewards_merchant', scope)
    .selectAll()
    .where('id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toMerchant(row) : null;
}

/** Every change of a merchant and of what belongs to it begins with this lock. */
export async function lockMerchant(
  tx: Db,
  id: string,
  scope: AreaScope = everywhere,
): Promise<StoredMerchant | null> {
  const row = await selectScoped(tx, 'rewards_merchant', scope)
    .selectAll()
    .where('id', '=', idToBinary(id))
    .forUpdate()
    .executeTakeFirst();
  return row ? toMerchant(row) : null;
}

export interface MerchantFilter {
  state?: MerchantState | undefined;
  search?: string | undefined;
  of?: { applicantId: string; merchantId: string | null };
}

/** Merchants of a scope, newest first, one more than the limit. */
export async function listMerchants(
  db: Db,
  scope: AreaScope,
  filter: MerchantFilter,
  page: { after: string | null; limit: number },
): Promise<StoredMerchant[]> {
  let query = selectScoped(db, 'rewards_merchant', scope).selectAll();
  const { state, search, of } = filter;
  if (state !== undefined) query = query.where('state', '=', state);
  if (search !== undefined) query = query.where('name', 'like', containing(search));
  if (of !== undefined) {
    const { applicantId, merchantId } = of;
    query = query.where(({ or, eb }) =>
      or([
        eb('applicant_id', '=', idToBinary(applicantId)),
        ...(merchantId === null ? [] : [eb('id', '=', idToBinary(merchantId))]),
      ]),
    );
  }
  if (page.after !== null) query = query.where('id', '<', idToBinary(page.after));
  const rows = await query
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toMerchant);
}

/** Merchants by their name within a scope, for the rows of a table. */
export async function listMerchantsNamed(
  db: Db,
  scope: AreaScope,
  names: readonly string[],
): Promise<StoredMerchant[]> {
  if (names.length === 0) return [];
  const rows = await selectScoped(db, 'rewards_merchant', scope)
    .selectAll()
    .where('name', 'in', names)
    .where('state', '=', 'active')
    .execute();
  return rows.map(toMerchant);
}

/** Whether a person applied and was not refused; their resident row must be locked. */
export async function hasLiveApplication(tx: Db, applicantId: string): Promise<boolean> {
  const row = await selectScoped(tx, 'rewards_merchant', everywhere)
    .select('id')
    .where('applicant_id', '=', idToBinary(applicantId))
    .where('state', 'in', ['applied', 'active', 'paused'])
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Nobody is left to own what a person who leaves had applied for. */
export async function closeApplicationsOf(tx: Db, applicantId: string): Promise<void> {
  await tx
    .updateTable('rewards_merchant')
    .set({ state: 'closed' })
    .where('applicant_id', '=', idToBinary(applicantId))
    .where('state', '=', 'applied')
    .execute();
}

export interface MerchantChange {
  state?: MerchantState;
  decidedBy?: string;
  reason?: string | null;
  pausedBy?: 'owner' | 'officer' | null;
  monthlyCeilingCents?: number | null;
}

/** Changes a merchant that is locked. */
export async function changeMerchant(tx: Db, id: string, change: MerchantChange): Promise<void> {
  const { state, decidedBy, reason, pausedBy, monthlyCeilingCents } = change;
  await tx
    .updateTable('rewards_merchant')
    .set({
      ...(state === undefined ? {} : { state }),
      ...(decidedBy === undefined ? {} : { decided_by: idToBinary(decidedBy) }),
      ...(reason === undefined ? {} : { reason }),
      ...(pausedBy === undefined ? {} : { paused_by: pausedBy }),
      ...(monthlyCeilingCents === undefined ? {} : { monthly_ceiling_cents: monthlyCeilingCents }),
    })
    .where('id', '=', idToBinary(id))
    .execute();
}
