import type { AreaMap } from '@ddp/contracts/directory/area-maps';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { DirectoryDatabase } from '../database.ts';

type Db = Kysely<DirectoryDatabase>;

export async function findAreaMap(db: Db, areaCode: string): Promise<AreaMap | null> {
  const row = await db
    .selectFrom('directory_area_map')
    .selectAll()
    .where('area_code', '=', areaCode)
    .executeTakeFirst();
  if (!row) return null;
  return { areaCode, setAt: row.set_at.toISOString(), map: JSON.parse(row.map) as AreaMap['map'] };
}

export async function writeAreaMap(
  tx: Db,
  clock: ClockOffset,
  areaCode: string,
  given: AreaMap['map'],
): Promise<void> {
  const told = { map: JSON.stringify(given), set_at: sqlNow(clock) };
  await tx
    .insertInto('directory_area_map')
    .values({ area_code: areaCode, ...told })
    .onDuplicateKeyUpdate(told)
    .execute();
}

export async function deleteAreaMap(tx: Db, areaCode: string): Promise<void> {
  await tx.deleteFrom('directory_area_map').where('area_code', '=', areaCode).execute();
}
