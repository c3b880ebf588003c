import type { Role } from '@ddp/contracts/permission';
import { toSafeInteger } from '@ddp/db-kit/amounts';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { insertRows } from '@ddp/db-kit/rows';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, sql } from 'kysely';
import type { RewardsDatabase } from '../database.ts';

type Db = Kysely<RewardsDatabase>;

export interface Verification {
  id: string;
  voucherId: string;
  benefitTitle: string;
  verifiedAt: Date;
  operatorRole: Role;
  unitValueCents: number;
  clerkId: string | null;
  shopId: string | null;
  shopName: string | null;
  redemptionId: string;
  operatorId: string;
  attempt: number;
  undoUntil: Date | null;
  undoneAt: Date | null;
  undoReason: string | null;
  isPrinted: boolean;
}

export interface NewVerification {
  id: string;
  programmeId: string;
  voucherId: string;
  merchantId: string;
  operatorId: string;
  operatorRole: Role;
  shopId: string | null;
  areaPath: string;
  /** One, and two after the first was undone. */
  attempt: number;
  verifiedAt: Date;
  undoUntil: Date | null;
  isPrinted: boolean;
}

function selectVerifications(db: Db) {
  return selectScoped(db, 'rewards_verification', everywhere)
    .innerJoin('rewards_voucher as voucher', 'voucher.id', 'rewards_verification.voucher_id')
    .innerJoin('rewards_redemption as redemption', 'redemption.id', 'voucher.redemption_id')
    .innerJoin('rewards_benefit_text as text', (join) =>
      join
        .onRef('text.benefit_id', '=', 'redemption.benefit_id')
        .onRef('text.version', '=', 'redemption.text_version'),
    )
    .leftJoin('rewards_clerk as clerk', (join) =>
      join
        .onRef('clerk.merchant_id', '=', 'rewards_verification.merchant_id')
        .onRef('clerk.person_id', '=', 'rewards_verification.operator_id'),
    )
    .leftJoin('rewards_shop as shop', 'shop.id', 'rewards_verification.shop_id')
    .select([
      'rewards_verification.id',
      'rewards_verification.voucher_id',
      'rewards_verification.operator_id',
      'rewards_verification.attempt',
      'rewards_verification.undo_until',
      'rewards_verification.undone_at',
      'rewards_verification.undo_reason',
      'rewards_verification.is_printed',
      'voucher.redemption_id',
      'shop.name as shop_name',
      'rewards_verification.verified_at',
      'rewards_verification.operator_role',
      'rewards_verification.shop_id',
      'redemption.unit_value_cents',
      'clerk.id as clerk_id',
      'text.title',
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectVerifications>['execute']>>[number];

function toVerification(row: Row): Verification {
  return {
    id: binaryToId(row.id),
    voucherId: binaryToId(row.voucher_id),
    benefitTitle: row.title,
    verifiedAt: row.verified_at,
    operatorRole: row.operator_role as Role,
    unitValueCents: toSafeInteger(row.unit_value_cents),
    clerkId: binaryToIdOrNull(row.clerk_id),
    shopId: binaryToIdOrNull(row.shop_id),
    shopName: row.shop_name,
    redemptionId: binaryToId(row.redemption_id),
    operatorId: binaryToId(row.operator_id),
    attempt: row.attempt,
    undoUntil: row.undo_until,
    undoneAt: row.undone_at,
    undoReason: row.undo_reason,
    isPrinted: row.is_printed === 1,
  };
}

const columns = [
  ...['id', 'programme_id', 'voucher_id', 'merchant_id', 'operator_id', 'operator_role'],
  ...['area_path', 'verified_at', 'shop_id', 'attempt', 'is_printed', 'undo_until'],
];

/** Throws a duplicate when a voucher was verified before by the same attempt. */
export async function insertVerifications(
  tx: Db,
  verifications: readonly NewVerification[],
): Promise<void> {
  const rows = verifications.map((one) => [
    ...[idToBinary(one.id), idToBinary(one.programmeId), idToBinary(one.voucherId)],
    ...[idToBinary(one.merchantId), idToBinary(one.operatorId), one.operatorRole],
    ...[one.areaPath, one.verifiedAt, one.shopId === null ? null : idToBinary(one.shopId)],
    ...[one.attempt, one.isPrinted ? 1 : 0, one.undoUntil],
  ]);
  await insertRows(tx, 'rewards_verification', columns, rows);
}

/** The verification that holds; null where there is none or it was undone. */
export async function findVerificationOf(db: Db, voucherId: string): Promise<Verification | null> {
  const row = await selectVerifications(db)
    .where('rewards_verification.voucher_id', '=', idToBinary(voucherId))
    .where('rewards_verification.undone_at', 'is', null)
    .executeTakeFirst();
  return row ? toVerification(row) : null;
}

/** A verification of the merchant, undone or not; null for another's as for none. */
export async function findVerification(
  db: Db,
  id: string,
  merchantId: string,
): Promise<Verification | null> {
  const row = await selectVerifications(db)
    .where('rewards_verification.id', '=', idToBinary(id))
    .where('rewards_verification.merchant_id', '=', idToBinary(merchantId))
    .executeTakeFirst();
  return row ? toVerification(row) : null;
}

/** Whether the verification of a redemption may still be undone, by the time alone. */
export async function isUndoOpen(
  db: Db,
  clock: ClockOffset,
  redemptionId: string,
): Promise<boolean> {
  const row = await selectScoped(db, 'rewards_verification', everywhere)
    .innerJoin('rewards_voucher as voucher', 'voucher.id', 'rewards_verification.voucher_id')
    .select('rewards_verification.id')
    .where('voucher.redemption_id', '=', idToBinary(redemptionId))
    .where('rewards_verification.undone_at', 'is', null)
    .where('rewards_verification.undo_until', '>', sqlNow(clock))
    .executeTakeFirst();
  return row !== undefined;
}

/** Marks a verification undone; false when it is, or its time is over. */
export async function markUndone(
  tx: Db,
  clock: ClockOffset,
  id: string,
  by: { operatorId: string; operatorRole: Role; reason: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('rewards_verification')
    .set({
      undone_at: sqlNow(clock),
      undone_by: idToBinary(by.operatorId),
      undone_role: by.operatorRole,
      undo_reason: by.reason,
    })
    .where('id', '=', idToBinary(id))
    .where('undone_at', 'is', null)
    .where('undo_until', '>', sqlNow(clock))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export interface VerificationFilter {
  /** From an instant until before another. */
  within?: { from: Date; until: Date } | undefined;
  clerkId?: string | undefined;
  shopId?: string | undefined;
}

/** What a merchant verified, newest first, one more than the limit. */
export async function listVerifications(
  db: Db,
  merchantId: string,
  filter: VerificationFilter,
  page: { after: string | null; limit: number },
): Promise<Verification[]> {
  let query = selectVerifications(db).where(
    'rewards_verification.merchant_id',
    '=',
    idToBinary(merchantId),
  );
  const { within, clerkId, shopId } = filter;
  if (within) {
    query = query
      .where('rewards_verification.verified_at', '>=', within.from)
      .where('rewards_verification.verified_at', '<', within.until);
  }
  if (clerkId !== undefined) query = query.where('clerk.id', '=', idToBinary(clerkId));
  if (shopId !== undefined) {
    query = query.where('rewards_verification.shop_id', '=', idToBinary(shopId));
  }
  if (page.after !== null) {
    query = query.where('rewards_verification.id', '<', idToBinary(page.after));
  }
  const rows = await query
    .orderBy('rewards_verification.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toVerification);
}

export interface DayTotals {
  day: string;
  verified: number;
  valueCents: number;
}

/** What a merchant verified on each day of a span that has any, counted from the rows that hold. */
export async function readDayTotals(
  db: Db,
  merchantId: string,
  { within, shopId }: { within: { from: Date; until: Date }; shopId?: string | undefined },
): Promise<DayTotals[]> {
  // Asia/Shanghai has been eight hours ahead, without summer time, since 1991.
  const day = sql<string>`DATE_FORMAT(rewards_verification.verified_at + INTERVAL 8 HOUR, '%Y-%m-%d')`;
  let query = selectScoped(db, 'rewards_verification', everywhere)
    .innerJoin('rewards_voucher as voucher', 'voucher.id', 'rewards_verification.voucher_id')
    .innerJoin('rewards_redemption as redemption', 'redemption.id', 'voucher.redemption_id')
    .select([
      day.as('day'),
      sql<number>`COUNT(*)`.as('verified'),
      sql<number>`COALESCE(SUM(redemption.unit_value_cents), 0)`.as('value_cents'),
    ])
    .where('rewards_verification.merchant_id', '=', idToBinary(merchantId))
    .where('rewards_verification.undone_at', 'is', null)
    .where('rewards_verification.verified_at', '>=', within.from)
    .where('rewards_verification.verified_at', '<', within.until);
  if (shopId !== undefined) {
    query = query.where('rewards_verification.shop_id', '=', idToBinary(shopId));
  }
  const rows = await query.groupBy(day).orderBy('day', 'desc').execute();
  return rows.map((row) => ({
    day: row.day,
    verified: toSafeInteger(row.verified),
    valueCents: toSafeInteger(row.value_cents),
  }));
}
