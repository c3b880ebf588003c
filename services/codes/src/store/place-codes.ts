import type { PlaceCode } from '@ddp/contracts/codes/place-codes';
import { isDuplicate } from '@ddp/db-kit/errors';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { CodesDatabase } from '../database.ts';
import type { PlaceSeal } from '../place-keys.ts';

type Db = Kysely<CodesDatabase>;

/** A place with what its secret follows from. */
export interface StoredPlace extends PlaceCode {
  number: string;
  seal: PlaceSeal;
}

function toPlace(row: Selectable<CodesDatabase['codes_place_code']>): StoredPlace {
  return {
    id: binaryToId(row.id),
    name: row.name,
    areaPath: row.area_path,
    opensAt: row.opens_at.toISOString(),
    closesAt: row.closes_at.toISOString(),
    stepSeconds: row.step_seconds,
    isClosed: row.is_closed === 1,
    number: row.number,
    seal: { keyId: row.key_id, salt: row.salt },
  };
}

export async function insertPlace(tx: Db, place: Omit<StoredPlace, 'isClosed'>): Promise<void> {
  await tx
    .insertInto('codes_place_code')
    .values({
      id: idToBinary(place.id),
      number: place.number,
      name: place.name,
      area_path: place.areaPath,
      opens_at: new Date(place.opensAt),
      closes_at: new Date(place.closesAt),
      step_seconds: place.stepSeconds,
      key_id: place.seal.keyId,
      salt: place.seal.salt,
      is_closed: 0,
    })
    .execute();
}

export async function findPlace(
  db: Db,
  by: { id: string } | { number: string },
  scope: AreaScope,
): Promise<StoredPlace | null> {
  const query = selectScoped(db, 'codes_place_code', scope).selectAll();
  const row = await ('id' in by
    ? query.where('id', '=', idToBinary(by.id))
    : query.where('number', '=', by.number)
  ).executeTakeFirst();
  return row ? toPlace(row) : null;
}

/** Places of a scope, newest first, one more than the limit. */
export async function listPlaces(
  db: Db,
  scope: AreaScope,
  page: { after: string | null; limit: number },
): Promise<StoredPlace[]> {
  let query = selectScoped(db, 'codes_place_code', scope).selectAll();
  if (page.after !== null) query = query.where('id', '<', idToBinary(page.after));
  const rows = await query
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toPlace);
}

/** Closes a place before its time; false if it was closed before. */
export async function markPlaceClosed(tx: Db, id: string): Promise<boolean> {
  const result = await tx
    .updateTable('codes_place_code')
    .set({ is_closed: 1 })
    .where('id', '=', idToBinary(id))
    .where('is_closed', '=', 0)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Notes that a person used the code of a step; false if they did before. */
export async function insertPlaceUse(
  tx: Db,
  clock: ClockOffset,
  use: { placeId: string; step: number; personId: string },
): Promise<boolean> {
  try {
    await tx
      .insertInto('codes_place_use')
      .values({
        place_code_id: idToBinary(use.placeId),
        step: use.step,
        person_id: idToBinary(use.personId),
        used_at: sqlNow(clock),
      })
      .execute();
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

export async function deletePlaceUsesOf(tx: Db, personId: string): Promise<void> {
  await tx.deleteFrom('codes_place_use').where('person_id', '=', idToBinary(personId)).execute();
}

/** Drops uses of codes that have long expired, a bounded number a round. */
export async function deleteOldPlaceUses(db: Db, clock: ClockOffset): Promise<void> {
  await db
    .deleteFrom('codes_place_use')
    .where('used_at', '<', sql<Date>`${sqlNow(clock)} - INTERVAL 1 DAY`)
    .limit(5_000)
    .execute();
}
