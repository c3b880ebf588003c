import type { unitSchema } from '@ddp/contracts/directory/schemas';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type * as z from 'zod';
import type { DirectoryDatabase } from '../database.ts';

type Db = Kysely<DirectoryDatabase>;
export type Unit = z.output<typeof unitSchema>;

const columns = ['id', 'name', 'kind', 'area_path'] as const;

function toUnit(row: { id: Buffer; name: string; kind: string; area_path: string }): Unit {
  return {
    id: binaryToId(row.id),
    name: row.name,
    kind: row.kind as Unit['kind'],
    areaPath: row.area_path,
  };
}

export async function findUnit(db: Db, id: string): Promise<Unit | null> {
  const row = await selectScoped(db, 'directory_unit', everywhere)
    .select(columns)
    .where('id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toUnit(row) : null;
}

/** Units of a scope, newest first, one more than the limit. */
export async function listUnits(
  db: Db,
  scope: AreaScope,
  after: string | null,
  limit: number,
): Promise<Unit[]> {
  let query = selectScoped(db, 'directory_unit', scope).select(columns);
  if (after !== null) query = query.where('id', '<', idToBinary(after));
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map(toUnit);
}

export async function insertUnit(tx: Db, clock: ClockOffset, unit: Unit): Promise<void> {
  await tx
    .insertInto('directory_unit')
    .values({
      id: idToBinary(unit.id),
      name: unit.name,
      kind: unit.kind,
      area_path: unit.areaPath,
      created_at: sqlNow(clock),
    })
    .execute();
}
