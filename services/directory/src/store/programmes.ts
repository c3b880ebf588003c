import type { Programme } from '@ddp/contracts/directory/schemas';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { DirectoryDatabase } from '../database.ts';

type Db = Kysely<DirectoryDatabase>;

/** All programmes of the install, oldest first; an install has a handful. */
export async function listProgrammes(db: Db): Promise<Programme[]> {
  const rows = await selectScoped(db, 'directory_programme', everywhere)
    .select(['id', 'name', 'area_code', 'area_path'])
    .orderBy('id')
    .limit(1_000)
    .execute();
  return rows.map((row) => ({
    id: binaryToId(row.id),
    name: row.name,
    areaCode: row.area_code,
    areaPath: row.area_path,
  }));
}

export async function insertProgramme(
  tx: Db,
  clock: ClockOffset,
  programme: Programme,
): Promise<void> {
  await tx
    .insertInto('directory_programme')
    .values({
      id: idToBinary(programme.id),
      name: programme.name,
      area_code: programme.areaCode,
      area_path: programme.areaPath,
      created_at: sqlNow(clock),
    })
    .execute();
}
