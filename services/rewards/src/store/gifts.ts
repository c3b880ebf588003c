import type { GiftState } from '@ddp/contracts/rewards/gifts';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely, SelectQueryBuilder } from 'kysely';
import type { RewardsDatabase } from '../database.ts';

type Db = Kysely<RewardsDatabase>;

export interface StoredGift {
  id: string;
  programmeId: string;
  voucherId: string;
  redemptionId: string;
  giverId: string;
  receiverId: string;
  giverName: string;
  receiverPhone: string;
  state: GiftState;
  offeredAt: Date;
  offerEndsAt: Date;
  decidedAt: Date | null;
  benefitTitle: string;
  merchantName: string;
  voucherExpiresAt: Date;
}

export type NewGift = Pick<
  StoredGift,
  | 'id'
  | 'programmeId'
  | 'voucherId'
  | 'redemptionId'
  | 'giverId'
  | 'receiverId'
  | 'giverName'
  | 'receiverPhone'
  | 'offerEndsAt'
> & { attempt: number };

function selectGifts(db: Db) {
  return selectScoped(db, 'rewards_voucher', everywhere)
    .innerJoin('rewards_gift as gift', 'gift.voucher_id', 'rewards_voucher.id')
    .innerJoin('rewards_redemption as redemption', 'redemption.id', 'gift.redemption_id')
    .innerJoin('rewards_benefit_text as text', (join) =>
      join
        .onRef('text.benefit_id', '=', 'redemption.benefit_id')
        .onRef('text.version', '=', 'redemption.text_version'),
    )
    .innerJoin('rewards_merchant as merchant', 'merchant.id', 'rewards_voucher.merchant_id')
    .selectAll('gift')
    .select(['text.title', 'merchant.name as merchant_name', 'rewards_voucher.expires_at']);
}

type Row =
  ReturnType<typeof selectGifts> extends SelectQueryBuilder<infer _D, infer _T, infer R>
    ? R
    : never;

function toGift(row: Row): StoredGift {
  return {
    id: binaryToId(row.id),
    programmeId: binaryToId(row.programme_id),
    voucherId: binaryToId(row.voucher_id),
    redemptionId: binaryToId(row.redemption_id),
    giverId: binaryToId(row.giver_id),
    receiverId: binaryToId(row.receiver_id),
    giverName: row.giver_name,
    receiverPhone: row.receiver_phone,
    state: row.state as GiftState,
    offeredAt: row.offered_at,
    offerEndsAt: row.offer_ends_at,
    decidedAt: row.decided_at,
    benefitTitle: row.title,
    merchantName: row.merchant_name,
    voucherExpiresAt: row.expires_at,
  };
}

/** Throws a duplicate while the voucher is offered, and once it was given. */
export async function insertGift(tx: Db, clock: ClockOffset, gift: NewGift): Promise<void> {
  const voucher_id = idToBinary(gift.voucherId);
  await tx
    .insertInto('rewards_gift')
    .values({
      id: idToBinary(gift.id),
      programme_id: idToBinary(gift.programmeId),
      voucher_id,
      redemption_id: idToBinary(gift.redemptionId),
      attempt: gift.attempt,
      giver_id: idToBinary(gift.giverId),
      receiver_id: idToBinary(gift.receiverId),
      giver_name: gift.giverName,
      receiver_phone: gift.receiverPhone,
      state: 'offered',
      standing_voucher_id: voucher_id,
      offered_at: sqlNow(clock),
      offer_ends_at: gift.offerEndsAt,
      decided_at: null,
    })
    .execute();
}

export async function findGift(db: Db, id: string): Promise<StoredGift | null> {
  const row = await selectGifts(db).where('gift.id', '=', idToBinary(id)).executeTakeFirst();
  return row ? toGift(row) : null;
}

/** The offer of a redemption's voucher that waits for its answer. */
export async function findOffer(tx: Db, redemptionId: string): Promise<StoredGift | null> {
  const row = await selectGifts(tx)
    .where('gift.redemption_id', '=', idToBinary(redemptionId))
    .where('gift.state', '=', 'offered')
    .executeTakeFirst();
  return row ? toGift(row) : null;
}

/** How often a voucher was offered. */
export async function countOffers(tx: Db, voucherId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('rewards_gift')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('voucher_id', '=', idToBinary(voucherId))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** How many gifts a person of a programme has accepted since an instant. */
export async function countAccepted(
  tx: Db,
  { programmeId, receiverId }: Pick<StoredGift, 'programmeId' | 'receiverId'>,
  since: Date,
): Promise<number> {
  const { count } = await tx
    .selectFrom('rewards_gift')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('receiver_id', '=', idToBinary(receiverId))
    .where('state', '=', 'accepted')
    .where('decided_at', '>=', since)
    .where('programme_id', '=', idToBinary(programmeId))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Accepts an offer whose time is not over; false when it is, or it was answered. */
export async function markAccepted(tx: Db, clock: ClockOffset, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('rewards_gift')
    .set({ state: 'accepted', decided_at: sqlNow(clock) })
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'offered')
    .where('offer_ends_at', '>', sqlNow(clock))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Ends an offer without a hand-over; false when it was answered. */
export async function endOffer(
  tx: Db,
  clock: ClockOffset,
  id: string,
  state: Exclude<GiftState, 'offered' | 'accepted'>,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('rewards_gift')
    .set({ state, standing_voucher_id: null, decided_at: sqlNow(clock) })
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'offered')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Ids of offers whose time is over. */
export async function listDueOffers(db: Db, clock: ClockOffset, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('rewards_gift')
    .select('id')
    .where('state', '=', 'offered')
    .where('offer_ends_at', '<=', sqlNow(clock))
    .orderBy('offer_ends_at')
    .limit(limit)
    .execute();
  return rows.map((row) => binaryToId(row.id));
}

/** Offers to a person that wait for an answer. */
export async function listOffersTo(tx: Db, receiverId: string): Promise<StoredGift[]> {
  const rows = await selectGifts(tx)
    .where('gift.receiver_id', '=', idToBinary(receiverId))
    .where('gift.state', '=', 'offered')
    .orderBy('gift.redemption_id')
    .execute();
  return rows.map(toGift);
}

/** Gifts that a person made or was offered, newest first, one more than the limit. */
export async function listGifts(
  db: Db,
  personId: string,
  page: { direction: 'given' | 'received'; after: string | null; limit: number },
): Promise<StoredGift[]> {
  const column = page.direction === 'given' ? 'gift.giver_id' : 'gift.receiver_id';
  let query = selectGifts(db).where(column, '=', idToBinary(personId));
  if (page.after !== null) query = query.where('gift.id', '<', idToBinary(page.after));
  const rows = await query
    .orderBy('gift.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toGift);
}

/** Takes a person out of the gifts they made and were offered, and what is left of their name. */
export async function cutGiftTies(tx: Db, personId: string, standInId: string): Promise<void> {
  const person = idToBinary(personId);
  const standIn = idToBinary(standInId);
  await tx
    .updateTable('rewards_gift')
    .set({ giver_id: standIn, giver_name: '***' })
    .where('giver_id', '=', person)
    .execute();
  await tx
    .updateTable('rewards_gift')
    .set({ receiver_id: standIn, receiver_phone: '***' })
    .where('receiver_id', '=', person)
    .execute();
  await tx
    .updateTable('rewards_voucher')
    .set({ holder_id: standIn })
    .where('holder_id', '=', person)
    .execute();
}
