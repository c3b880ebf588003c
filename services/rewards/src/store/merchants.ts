import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { RewardsDatabase } from '../database.ts';

type Db = Kysely<RewardsDatabase>;

export interface Merchant {
  id: string;
  programmeId: string;
  name: string;
  address: string;
  areaPath: string;
}

const columns = ['id', 'programme_id', 'name', 'address', 'area_path'] as const;

interface Row {
  id: Buffer;
  programme_id: Buffer;
  name: string;
  address: string;
  area_path: string;
}

function toMerchant(row: Row): Merchant {
  return {
    id: binaryToId(row.id),
    programmeId: binaryToId(row.programme_id),
    name: row.name,
    address: row.address,
    areaPath: row.area_path,
  };
}

export async function insertMerchant(
  tx: Db,
  clock: ClockOffset,
  merchant: Merchant,
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
    })
    .execute();
}

export async function findMerchant(db: Db, id: string, scope: AreaScope): Promise<Merchant | null> {
  const row = await selectScoped(db, 'rewards_merchant', scope)
    .select(columns)
    .where('id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toMerchant(row) : null;
}

/** Merchants of a scope, newest first, one more than the limit. */
export async function listMerchants(
  db: Db,
  scope: AreaScope,
  after: string | null,
  limit: number,
): Promise<Merchant[]> {
  let query = selectScoped(db, 'rewards_merchant', scope).select(columns);
  if (after !== null) query = query.where('id', '<', idToBinary(after));
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map(toMerchant);
}
