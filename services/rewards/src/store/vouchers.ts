import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { insertRows } from '@ddp/db-kit/rows';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import { groupBy } from '../domain/group-by.ts';
import { toSettings } from './settings.ts';

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

const columns = [
  ...['id', 'programme_id', 'redemption_id', 'benefit_id', 'merchant_id', 'voucher_number'],
  ...['key_id', 'salt', 'area_path', 'state', 'issued_at', 'expires_at', 'notice_at', 'prints'],
];

/** Throws a duplicate when a number is taken. */
export async function insertVouchers(
  tx: Db,
  vouchers: readonly NewVoucher[],
  issuedAt: Date,
): Promise<void> {
  const rows = vouchers.map((one) => [
    ...[idToBinary(one.id), idToBinary(one.programmeId), idToBinary(one.redemptionId)],
    ...[idToBinary(one.benefitId), idToBinary(one.merchantId), one.voucherNumber],
    ...[one.keyId, one.salt, one.areaPath, 'issued', issuedAt, one.expiresAt, one.noticeAt, 0],
  ]);
  await insertRows(tx, 'rewards_voucher', columns, rows);
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

/** The vouchers of some numbers as far as they never change, to know what is to be locked. */
export async function findNumbered(db: Db, voucherNumbers: readonly string[]) {
  if (voucherNumbers.length === 0) return [];
  const rows = await selectScoped(db, 'rewards_voucher', everywhere)
    .select(['id', 'redemption_id', 'merchant_id', 'voucher_number'])
    .where('voucher_number', 'in', voucherNumbers)
    .execute();
  return rows.map((row) => ({
    id: binaryToId(row.id),
    redemptionId: binaryToId(row.redemption_id),
    merchantId: binaryToId(row.merchant_id),
    voucherNumber: row.voucher_number,
  }));
}

/** What the counter has to know of a voucher beside itself. */
export interface PresentedVoucher extends Voucher {
  /** Whether a use of it was undone. */
  isUndone: boolean;
  /** Whether it is offered to somebody. */
  isOffered: boolean;
  undoMinutes: number;
}

/** Vouchers whose redemptions are locked, with all that decides on their use. */
export async function listPresented(tx: Db, ids: readonly string[]): Promise<PresentedVoucher[]> {
  if (ids.length === 0) return [];
  const rows = await selectVouchers(tx)
    // From the vouchers on: else a server that does not know yet how many there are begins elsewhere.
    .modifyFront(sql`STRAIGHT_JOIN`)
    .leftJoin('rewards_effect as undone', (join) =>
      join
        .onRef('undone.redemption_id', '=', 'rewards_voucher.redemption_id')
        .on('undone.step', '=', 'undone'),
    )
    .leftJoin('rewards_gift as offer', (join) =>
      join
        .onRef('offer.standing_voucher_id', '=', 'rewards_voucher.id')
        .on('offer.state', '=', 'offered'),
    )
    .leftJoin(
      'rewards_settings as settings',
      'settings.programme_id',
      'rewards_voucher.programme_id',
    )
    .select(['undone.step as undone_step', 'offer.id as offer_id', 'settings.settings'])
    .where('rewards_voucher.id', 'in', ids.map(idToBinary))
    .execute();
  const undoMinutesOf = new Map<string | null, number>();
  return rows.map((row) => {
    const undoMinutes = undoMinutesOf.get(row.settings) ?? toSettings(row.settings).undoMinutes;
    undoMinutesOf.set(row.settings, undoMinutes);
    const beside = { isUndone: row.undone_step !== null, isOffered: row.offer_id !== null };
    return { ...toVoucher(row), ...beside, undoMinutes };
  });
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

/** Uses vouchers that were found good under the locks of their redemptions; false where one is not. */
export async function markVouchersUsed(
  tx: Db,
  uses: readonly { voucher: Pick<Voucher, 'id'>; step: number }[],
  usedAt: Date,
): Promise<boolean> {
  for (const [step, ones] of groupBy(uses, (use) => use.step)) {
    const ids = ones.map(({ voucher }) => idToBinary(voucher.id));
    const { numUpdatedRows } = await tx
      .updateTable('rewards_voucher')
      .set({ state: 'used', used_at: usedAt, used_step: step })
      .where('id', 'in', ids)
      .where('state', '=', 'issued')
      .executeTakeFirst();
    if (Number(numUpdatedRows) !== ids.length) return false;
  }
  return true;
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
