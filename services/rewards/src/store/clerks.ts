import { mostClerks } from '@ddp/contracts/rewards/merchants';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely, Selectable } from 'kysely';
import type { RewardsDatabase } from '../database.ts';

type Db = Kysely<RewardsDatabase>;

/** Somebody who verifies, or verified, for a merchant. */
export interface StoredClerk {
  id: string;
  merchantId: string;
  personId: string;
  shopId: string | null;
  state: 'active' | 'removed';
}

function toClerk(row: Selectable<RewardsDatabase['rewards_clerk']>): StoredClerk {
  return {
    id: binaryToId(row.id),
    merchantId: binaryToId(row.merchant_id),
    personId: binaryToId(row.person_id),
    shopId: binaryToIdOrNull(row.shop_id),
    state: row.state as StoredClerk['state'],
  };
}

/** Writes a clerk of a locked merchant, new or back again, and says which row it is. */
export async function saveClerk(
  tx: Db,
  clock: ClockOffset,
  clerk: Omit<StoredClerk, 'state'>,
): Promise<StoredClerk> {
  const shop = clerk.shopId === null ? null : idToBinary(clerk.shopId);
  const known = await findClerkOf(tx, clerk.merchantId, clerk.personId);
  if (known) {
    await tx
      .updateTable('rewards_clerk')
      .set({ state: 'active', shop_id: shop, removed_at: null })
      .where('id', '=', idToBinary(known.id))
      .execute();
    return { ...known, shopId: clerk.shopId, state: 'active' };
  }
  await tx
    .insertInto('rewards_clerk')
    .values({
      id: idToBinary(clerk.id),
      merchant_id: idToBinary(clerk.merchantId),
      person_id: idToBinary(clerk.personId),
      shop_id: shop,
      state: 'active',
      invited_at: sqlNow(clock),
      removed_at: null,
    })
    .execute();
  return { ...clerk, state: 'active' };
}

/** The row of a person at a merchant, active or not. */
export async function findClerkOf(
  db: Db,
  merchantId: string,
  personId: string,
): Promise<StoredClerk | null> {
  const row = await db
    .selectFrom('rewards_clerk')
    .selectAll()
    .where('merchant_id', '=', idToBinary(merchantId))
    .where('person_id', '=', idToBinary(personId))
    .executeTakeFirst();
  return row ? toClerk(row) : null;
}

/** A clerk of a merchant; null for another's as for none. */
export async function findClerk(
  db: Db,
  id: string,
  merchantId: string,
): Promise<StoredClerk | null> {
  const row = await db
    .selectFrom('rewards_clerk')
    .selectAll()
    .where('id', '=', idToBinary(id))
    .where('merchant_id', '=', idToBinary(merchantId))
    .executeTakeFirst();
  return row ? toClerk(row) : null;
}

/** Tells the clerks of `readClerksOf` apart. */
export const clerkKey = (one: { merchantId: string; personId: string }) =>
  `${one.merchantId} ${one.personId}`;

/** Rows of people at merchants by `clerkKey`, active or not; an owner has none. */
export async function readClerksOf(
  db: Db,
  people: readonly { merchantId: string; personId: string }[],
): Promise<Map<string, StoredClerk>> {
  if (people.length === 0) return new Map();
  const merchants = [...new Set(people.map(({ merchantId }) => merchantId))];
  const persons = [...new Set(people.map(({ personId }) => personId))];
  const rows = await db
    .selectFrom('rewards_clerk')
    .selectAll()
    .where('merchant_id', 'in', merchants.map(idToBinary))
    .where('person_id', 'in', persons.map(idToBinary))
    .execute();
  return new Map(rows.map(toClerk).map((clerk) => [clerkKey(clerk), clerk]));
}

/** Those who may verify, and the last of those who did. */
export async function listClerks(db: Db, merchantId: string): Promise<StoredClerk[]> {
  const rows = await db
    .selectFrom('rewards_clerk')
    .selectAll()
    .where('merchant_id', '=', idToBinary(merchantId))
    .orderBy('state')
    .orderBy('id', 'desc')
    .limit(mostClerks * 2)
    .execute();
  return rows.map(toClerk);
}

export async function countActiveClerks(tx: Db, merchantId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('rewards_clerk')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('merchant_id', '=', idToBinary(merchantId))
    .where('state', '=', 'active')
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** False when the clerk was removed before. */
export async function markClerkRemoved(tx: Db, clock: ClockOffset, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('rewards_clerk')
    .set({ state: 'removed', removed_at: sqlNow(clock) })
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'active')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
