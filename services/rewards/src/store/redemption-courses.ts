import type { RedemptionState } from '@ddp/contracts/rewards/schemas';
import { toSafeInteger } from '@ddp/db-kit/amounts';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import type { Kysely } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { Step } from '../domain/redemption-state.ts';

type Db = Kysely<RewardsDatabase>;

function selectCourses(db: Db, scope: AreaScope) {
  return selectScoped(db, 'rewards_redemption', scope)
    .innerJoin('rewards_benefit_text as text', (join) =>
      join
        .onRef('text.benefit_id', '=', 'rewards_redemption.benefit_id')
        .onRef('text.version', '=', 'rewards_redemption.text_version'),
    )
    .leftJoin('rewards_voucher as voucher', 'voucher.redemption_id', 'rewards_redemption.id')
    .selectAll('rewards_redemption')
    .select([
      'text.title',
      'voucher.id as voucher_id',
      'voucher.state as voucher_state',
      'voucher.issued_at',
      'voucher.expires_at as voucher_expires_at',
      'voucher.used_at',
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectCourses>['execute']>>[number];

const textOf = (at: Date | null) => at?.toISOString() ?? null;

function toRow(row: Row) {
  return {
    id: binaryToId(row.id),
    benefitId: binaryToId(row.benefit_id),
    benefitTitle: row.title,
    pricePoints: toSafeInteger(row.price_points),
    state: row.state as RedemptionState,
    failure: row.failure,
    requestedAt: row.requested_at.toISOString(),
    nextAt: textOf(row.next_at),
    drives: row.drives,
  };
}

function toVoucher(row: Row) {
  const { voucher_id: id, voucher_state: state, issued_at: issued, voucher_expires_at: ends } = row;
  if (id === null || state === null || issued === null || ends === null) return null;
  return {
    id: binaryToId(id),
    state,
    issuedAt: issued.toISOString(),
    expiresAt: ends.toISOString(),
    usedAt: textOf(row.used_at),
  };
}

export interface CourseFilter {
  state?: RedemptionState | undefined;
  benefitId?: string | undefined;
  merchantId?: string | undefined;
  voucherNumber?: string | undefined;
}

/** Newest first, one more than the limit. */
export async function listCourses(
  db: Db,
  scope: AreaScope,
  { state, benefitId, merchantId, voucherNumber }: CourseFilter,
  page: { after: string | null; limit: number },
) {
  let query = selectCourses(db, scope);
  if (state !== undefined) query = query.where('rewards_redemption.state', '=', state);
  if (benefitId !== undefined) {
    query = query.where('rewards_redemption.benefit_id', '=', idToBinary(benefitId));
  }
  if (merchantId !== undefined) {
    query = query.where('rewards_redemption.merchant_id', '=', idToBinary(merchantId));
  }
  if (voucherNumber !== undefined) {
    query = query.where('voucher.voucher_number', '=', voucherNumber);
  }
  if (page.after !== null) {
    query = query.where('rewards_redemption.id', '<', idToBinary(page.after));
  }
  const rows = await query
    .orderBy('rewards_redemption.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toRow);
}

/** What this service knows of a redemption within a scope; null for one elsewhere as for none. */
export async function findCourse(db: Db, scope: AreaScope, id: string) {
  const row = await selectCourses(db, scope)
    .where('rewards_redemption.id', '=', idToBinary(id))
    .executeTakeFirst();
  if (!row) return null;
  const voucher = toVoucher(row);
  return {
    personId: binaryToId(row.person_id),
    course: {
      ...toRow(row),
      areaPath: row.area_path,
      unitValueCents: toSafeInteger(row.unit_value_cents),
      merchantId: binaryToIdOrNull(row.merchant_id),
      merchantName: await findMerchantName(db, row.merchant_id),
      budgetId: binaryToIdOrNull(row.budget_id),
      expiresAt: row.expires_at.toISOString(),
      endedAt: textOf(row.ended_at),
      holdAskedAt: textOf(row.hold_asked_at),
      steps: await listSteps(db, id),
      voucher,
      verifications: voucher ? await listVerificationsOf(db, voucher.id) : [],
    },
  };
}

async function findMerchantName(db: Db, id: Buffer | null): Promise<string | null> {
  if (id === null) return null;
  const row = await selectScoped(db, 'rewards_merchant', everywhere)
    .select('name')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.name ?? null;
}

async function listSteps(db: Db, redemptionId: string) {
  const rows = await db
    .selectFrom('rewards_effect')
    .select(['step', 'done_at'])
    .where('redemption_id', '=', idToBinary(redemptionId))
    .orderBy('done_at')
    .execute();
  return rows.map((row) => ({ step: row.step as Step, at: row.done_at.toISOString() }));
}

async function listVerificationsOf(db: Db, voucherId: string) {
  const rows = await selectScoped(db, 'rewards_verification', everywhere)
    .select(['id', 'verified_at', 'operator_role', 'shop_id'])
    .where('voucher_id', '=', idToBinary(voucherId))
    .orderBy('verified_at')
    .execute();
  return rows.map((row) => ({
    id: binaryToId(row.id),
    verifiedAt: row.verified_at.toISOString(),
    operatorRole: row.operator_role,
    shopId: binaryToIdOrNull(row.shop_id),
  }));
}
