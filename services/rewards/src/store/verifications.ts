import type { Role } from '@ddp/contracts/permission';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { RewardsDatabase } from '../database.ts';

type Db = Kysely<RewardsDatabase>;

export interface Verification {
  id: string;
  voucherId: string;
  benefitTitle: string;
  verifiedAt: Date;
  operatorRole: Role;
}

export interface NewVerification {
  id: string;
  programmeId: string;
  voucherId: string;
  merchantId: string;
  operatorId: string;
  operatorRole: Role;
  areaPath: string;
}

function selectVerifications(db: Db) {
  return selectScoped(db, 'rewards_verification', everywhere)
    .innerJoin('rewards_voucher as voucher', 'voucher.id', 'rewards_verification.voucher_id')
    .innerJoin('rewards_benefit as benefit', 'benefit.id', 'voucher.benefit_id')
    .select([
      'rewards_verification.id',
      'rewards_verification.voucher_id',
      'rewards_verification.verified_at',
      'rewards_verification.operator_role',
      'benefit.title',
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
  };
}

/** Throws a duplicate when the voucher was verified before. */
export async function insertVerification(
  tx: Db,
  clock: ClockOffset,
  verification: NewVerification,
): Promise<void> {
  await tx
    .insertInto('rewards_verification')
    .values({
      id: idToBinary(verification.id),
      programme_id: idToBinary(verification.programmeId),
      voucher_id: idToBinary(verification.voucherId),
      merchant_id: idToBinary(verification.merchantId),
      operator_id: idToBinary(verification.operatorId),
      operator_role: verification.operatorRole,
      area_path: verification.areaPath,
      verified_at: sqlNow(clock),
    })
    .execute();
}

export async function findVerificationOf(db: Db, voucherId: string): Promise<Verification | null> {
  const row = await selectVerifications(db)
    .where('rewards_verification.voucher_id', '=', idToBinary(voucherId))
    .executeTakeFirst();
  return row ? toVerification(row) : null;
}

/** What a shop verified, newest first, one more than the limit. */
export async function listVerifications(
  db: Db,
  merchantId: string,
  after: string | null,
  limit: number,
): Promise<Verification[]> {
  let query = selectVerifications(db).where(
    'rewards_verification.merchant_id',
    '=',
    idToBinary(merchantId),
  );
  if (after !== null) query = query.where('rewards_verification.id', '<', idToBinary(after));
  const rows = await query
    .orderBy('rewards_verification.id', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map(toVerification);
}
