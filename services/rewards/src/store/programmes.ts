import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import type { Kysely } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { ProgrammeArea } from '../domain/nearest-programme.ts';

type Db = Kysely<RewardsDatabase>;

export async function listProgrammes(db: Db): Promise<ProgrammeArea[]> {
  const rows = await selectScoped(db, 'rewards_programme', everywhere)
    .select(['id', 'area_path'])
    .execute();
  return rows.map((row) => ({ id: binaryToId(row.id), areaPath: row.area_path }));
}

export async function saveProgramme(tx: Db, programme: ProgrammeArea): Promise<void> {
  const fields = { area_path: programme.areaPath };
  await tx
    .insertInto('rewards_programme')
    .values({ id: idToBinary(programme.id), ...fields })
    .onDuplicateKeyUpdate(fields)
    .execute();
}

/** The area of a programme; null for one that is not known here. */
export async function findProgrammePath(db: Db, id: string): Promise<string | null> {
  const row = await selectScoped(db, 'rewards_programme', everywhere)
    .select('area_path')
    .where('id', '=', idToBinary(id))
    .executeTakeFirst();
  return row?.area_path ?? null;
}
