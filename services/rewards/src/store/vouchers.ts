import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import type { RewardsDatabase } from '../database.ts';

type Db = Kysely<RewardsDatabase>;
export type VoucherState = 'issued' | 'used' | 'cancelled' | 'expired';

export interface Voucher {
  id: string;
  programmeId: string;
  redemptionId: string;
  merchantId: string;
  voucherNumber: string;
  keyId: string;
  salt: Buffer;
  areaPath: string;
  state: VoucherState;
  expiresAt: Date;
  usedAt: Date | null;
  usedStep: number | null;
  benefitTitle: string;
  merchantName: string;
  /** Of the latest paper; null while there is none. */
  paperSeal: { keyId: string; salt: Buffer } | null;
  prints: number;
  /** Who asked for it, and whose points it takes. */
  personId: string;
  /** Who shows it: the same, or whom it was given to. */
  holderId: string;
}

export interface NewVoucher {
  id: string;
  programmeId: string;
  redemptionId: string;
  benefitId: string;
  merchantId: string;
  voucherNumber: string;
  keyId: string;
  salt: Buffer;
  areaPath: string;
  expiresAt: Date;
  noticeAt: Date | null;
}

const holder = sql<Buffer>`COALESCE(rewards_voucher.holder_id, redemption.person_id)`;

function selectVouchers(db: Db) {
  return selectScoped(db, 'rewards_voucher', everywhere)
    .innerJoin('rewards_redemption as redemption', 'redemption.id', 'rewards_voucher.redemption_id')
    .innerJoin('rewards_benefit_text as text', (join) =>
      join
        .onRef('text.benefit_id', '=', 'redemption.benefit_id')
        .onRef('text.version', '=', 'redemption.text_version'),
    )
    .innerJoin('rewards_merchant as merchant', 'merchant.id', 'rewards_voucher.merchant_id')
    .selectAll('rewards_voucher')
    .select(['redemption.person_id', 'text.title', 'merchant.name as merchant_name']);
}

type Row =
  ReturnType<typeof selectVouchers> extends SelectQueryBuilder<infer _D, infer _T, infer R>
    ? R
    : never;

function toPaperSeal({ print_key_id: keyId, print_salt: salt }: Row): Voucher['paperSeal'] {
  return keyId === null || salt === null ? null : { keyId, salt };
}

function toVoucher(row: Row): Voucher {
  return {
    id: binaryToId(row.id),
    programmeId: binaryToId(row.programme_id),
    redemptionId: binaryToId(row.redemption_id),
    merchantId: binaryToId(row.merchant_id),
    voucherNumber: row.voucher_number,
    keyId: row.key_id,
    salt: row.salt,
    areaPath: row.area_path,
    state: row.state as VoucherState,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
    usedStep: row.used_step,
    benefitTitle: row.title,
    merchantName: row.merchant_name,
    paperSeal: toPaperSeal(row),
    prints: row.prints,
    personId: binaryToId(row.person_id),
    holderId: binaryToId(row.holder_id ?? row.person_id),
  };
}

/** Throws a duplicate when a number is taken. */
export async function insertVouchers(
  tx: Db,
  clock: ClockOffset,
  vouchers: readonly NewVoucher[],
): Promise<void> {
  const rows = vouchers.map((voucher) => ({
    id: idToBinary(voucher.id),
    programme_id: idToBinary(voucher.programmeId),
    redemption_id: idToBinary(voucher.redemptionId),
    benefit_id: idToBinary(voucher.benefitId),
    merchant_id: idToBinary(voucher.merchantId),
    voucher_number: voucher.voucherNumber,
    key_id: voucher.keyId,
    salt: voucher.salt,
    area_path: voucher.areaPath,
    state: 'issued',
    issued_at: sqlNow(clock),
    expires_at: voucher.expiresAt,
    used_at: null,
    used_step: null,
    holder_id: null,
    notice_at: voucher.noticeAt,
    ...{ print_key_id: null, print_salt: null, prints: 0 },
  }));
  await tx.insertInto('rewards_voucher').values(rows).execute();
}

/** The voucher that a person holds; null for another's as for none. */
export async function findVoucherOf(db: Db, id: string, personId: string): Promise<Voucher | null> {
  const row = await selectVouchers(db)
    .where('rewards_voucher.id', '=', idToBinary(id))
    .where(holder, '=', idToBinary(personId))
    .executeTakeFirst();
  return row ? toVoucher(row) : null;
}

export async function findVoucherOfRedemption(
  db: Db,
  redemptionId: string,
): Promise<Voucher | null> {
  const row = await selectVouchers(db)
    .where('rewards_voucher.redemption_id', '=', idToBinary(redemptionId))
    .executeTakeFirst();
  return row ? toVoucher(row) : null;
}

/** A voucher of the shop by its number; null for another shop's as for none. */
export async function findVoucherByNumber(
  db: Db,
  merchantId: string,
  voucherNumber: string,
): Promise<Voucher | null> {
  const row = await selectVouchers(db)
    .where('rewards_voucher.voucher_number', '=', voucherNumber)
    .where('rewards_voucher.merchant_id', '=', idToBinary(merchantId))
    .executeTakeFirst();
  return row ? toVoucher(row) : null;
}

/** Whom the voucher of a redemption was given to; null while it is with who asked for it. */
export async function findReceiver(db: Db, redemptionId: string): Promise<string | null> {
  const row = await selectScoped(db, 'rewards_voucher', everywhere)
    .select('holder_id')
    .where('redemption_id', '=', idToBinary(redemptionId))
    .executeTakeFirst();
  return binaryToIdOrNull(row?.holder_id ?? null);
}

/**
 * Hands a voucher over under another secret, so that no code shown or printed before works any more. False
 * unless it is good and was never given.
 */
export async function handOver(
  tx: Db,
  clock: ClockOffset,
  { id, holderId, keyId, salt }: { id: string; holderId: string; keyId: string; salt: Buffer },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('rewards_voucher')
    .set({
      ...{ holder_id: idToBinary(holderId), key_id: keyId, salt },
      ...{ print_key_id: null, print_salt: null },
    })
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'issued')
    .where('holder_id', 'is', null)
    .where('expires_at', '>', sqlNow(clock))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Gives a voucher the secret of a new paper; false unless it is good. */
export async function markPrinted(
  tx: Db,
  clock: ClockOffset,
  id: string,
  { keyId, salt }: { keyId: string; salt: Buffer },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('rewards_voucher')
    .set((eb) => ({ print_key_id: keyId, print_salt: salt, prints: eb('prints', '+', 1) }))
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'issued')
    .where('expires_at', '>', sqlNow(clock))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/**
 * Uses a voucher with a code that was checked before the redemption was locked. False unless it is
 * good, and its code too: since then it may have been handed over, printed anew, or used and undone.
 */
export async function markVoucherUsed(
  tx: Db,
  clock: ClockOffset,
  { id, salt, paperSeal }: Voucher,
  { step, isPrinted }: { step: number; isPrinted: boolean },
): Promise<boolean> {
  const result = await tx
    .updateTable('rewards_voucher')
    .set({ state: 'used', used_at: sqlNow(clock), used_step: step })
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'issued')
    .where('expires_at', '>', sqlNow(clock))
    .where((eb) =>
      isPrinted
        ? eb('print_salt', '=', paperSeal?.salt ?? null)
        : eb.and([
            eb('salt', '=', salt),
            eb.or([eb('used_step', 'is', null), eb('used_step', '<', step)]),
          ]),
    )
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Takes a use back; the step it was used with stays, so that its code does not work again. */
export async function markVoucherUnused(tx: Db, id: string): Promise<boolean> {
  const result = await tx
    .updateTable('rewards_voucher')
    .set({ state: 'issued', used_at: null })
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'used')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Ends the voucher of a redemption; false when it has none that is issued. */
export async function endVoucher(
  tx: Db,
  redemptionId: string,
  state: 'cancelled' | 'expired',
): Promise<boolean> {
  const result = await tx
    .updateTable('rewards_voucher')
    .set({ state })
    .where('redemption_id', '=', idToBinary(redemptionId))
    .where('state', '=', 'issued')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
