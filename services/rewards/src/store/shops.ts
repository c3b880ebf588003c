import type { Shop } from '@ddp/contracts/rewards/merchants';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely, Selectable } from 'kysely';
import type { RewardsDatabase } from '../database.ts';

type Db = Kysely<RewardsDatabase>;

function toShop(row: Selectable<RewardsDatabase['rewards_shop']>): Shop {
  return {
    id: binaryToId(row.id),
    merchantId: binaryToId(row.merchant_id),
    name: row.name,
    address: row.address,
    hours: row.hours,
    phone: row.phone,
    areaPath: row.area_path,
    state: row.state as Shop['state'],
  };
}

export async function insertShop(tx: Db, clock: ClockOffset, shop: Shop): Promise<void> {
  await tx
    .insertInto('rewards_shop')
    .values({
      id: idToBinary(shop.id),
      merchant_id: idToBinary(shop.merchantId),
      name: shop.name,
      address: shop.address,
      hours: shop.hours,
      phone: shop.phone,
      area_path: shop.areaPath,
      state: shop.state,
      created_at: sqlNow(clock),
    })
    .execute();
}

/** A shop of a merchant; null for another's as for none. */
export async function findShop(db: Db, id: string, merchantId: string): Promise<Shop | null> {
  const row = await selectScoped(db, 'rewards_shop', everywhere)
    .selectAll()
    .where('id', '=', idToBinary(id))
    .where('merchant_id', '=', idToBinary(merchantId))
    .executeTakeFirst();
  return row ? toShop(row) : null;
}

/** Shops of a merchant, newest first, one more than the limit. */
export async function listShops(
  db: Db,
  merchantId: string,
  page: { after: string | null; limit: number; isOpen: boolean },
): Promise<Shop[]> {
  let query = selectScoped(db, 'rewards_shop', everywhere)
    .selectAll()
    .where('merchant_id', '=', idToBinary(merchantId));
  if (page.isOpen) query = query.where('state', '=', 'open');
  if (page.after !== null) query = query.where('id', '<', idToBinary(page.after));
  const rows = await query
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toShop);
}

export async function changeShop(
  tx: Db,
  id: string,
  shop: Pick<Shop, 'name' | 'address' | 'hours' | 'phone' | 'areaPath' | 'state'>,
): Promise<void> {
  const { name, address, hours, phone, state, areaPath } = shop;
  await tx
    .updateTable('rewards_shop')
    .set({ name, address, hours, phone, state, area_path: areaPath })
    .where('id', '=', idToBinary(id))
    .execute();
}
