import type { Unit } from '@ddp/contracts/directory/units';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { containing } from '@ddp/db-kit/like';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { DirectoryDatabase } from '../database.ts';
import { isCodeText } from '../domain/area-tree.ts';

type Db = Kysely<DirectoryDatabase>;

export interface UnitFilter {
  kind?: string | undefined;
  state?: string | undefined;
  search?: string | undefined;
}

const columns = [
  'directory_unit.id',
  'directory_unit.name',
  'directory_unit.kind',
  'directory_unit.area_path',
  'directory_unit.address',
  'directory_unit.contact_phone',
  'directory_unit.state',
] as const;

interface UnitRow {
  id: Buffer;
  name: string;
  kind: string;
  area_path: string;
  address: string;
  contact_phone: string;
  state: string;
}

function toUnit(row: UnitRow): Unit {
  return {
    id: binaryToId(row.id),
    name: row.name,
    kind: row.kind as Unit['kind'],
    areaPath: row.area_path,
    address: row.address,
    contactPhone: row.contact_phone,
    state: row.state as Unit['state'],
  };
}

export async function findUnit(
  db: Db,
  id: string,
  scope: AreaScope = everywhere,
): Promise<Unit | null> {
  const row = await selectScoped(db, 'directory_unit', scope)
    .select(columns)
    .where('id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toUnit(row) : null;
}

export async function lockUnit(tx: Db, id: string, scope: AreaScope): Promise<Unit | null> {
  const row = await selectScoped(tx, 'directory_unit', scope)
    .select(columns)
    .where('id', '=', idToBinary(id))
    .forUpdate()
    .executeTakeFirst();
  return row ? toUnit(row) : null;
}

/** Units of a scope, newest first, one more than the limit. A search is a name's part or a code. */
export async function listUnits(
  db: Db,
  scope: AreaScope,
  filter: UnitFilter,
  after: string | null,
  limit: number,
): Promise<Unit[]> {
  const { kind, state, search } = filter;
  let query = selectScoped(db, 'directory_unit', scope)
    .leftJoin('directory_area as area', 'area.area_path', 'directory_unit.area_path')
    .select(columns);
  if (kind !== undefined) query = query.where('directory_unit.kind', '=', kind);
  if (state !== undefined) query = query.where('directory_unit.state', '=', state);
  if (search !== undefined) {
    query = query.where((eb) =>
      eb.or([
        eb('directory_unit.name', 'like', containing(search)),
        ...(isCodeText(search) ? [eb('area.code', 'like', `${search}%`)] : []),
      ]),
    );
  }
  if (after !== null) query = query.where('directory_unit.id', '<', idToBinary(after));
  const rows = await query
    .orderBy('directory_unit.id', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map(toUnit);
}

/** Names of units by their ids. */
export async function readUnitNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  const batchSize = 500;
  const wanted = [...new Set(ids)];
  for (let start = 0; start < wanted.length; start += batchSize) {
    const rows = await selectScoped(db, 'directory_unit', everywhere)
      .select(['id', 'name'])
      .where('id', 'in', wanted.slice(start, start + batchSize).map(idToBinary))
      .execute();
    for (const row of rows) names.set(binaryToId(row.id), row.name);
  }
  return names;
}

/** The units that stand in one of the areas themselves. */
export async function listUnitsAt(db: Db, areaPaths: readonly string[]): Promise<Unit[]> {
  if (areaPaths.length === 0) return [];
  const rows = await selectScoped(db, 'directory_unit', everywhere)
    .select(columns)
    .where('area_path', 'in', [...new Set(areaPaths)])
    .execute();
  return rows.map(toUnit);
}

export async function insertUnits(
  tx: Db,
  clock: ClockOffset,
  units: readonly Unit[],
): Promise<void> {
  if (units.length === 0) return;
  await tx
    .insertInto('directory_unit')
    .values(
      units.map((unit) => ({
        id: idToBinary(unit.id),
        name: unit.name,
        kind: unit.kind,
        area_path: unit.areaPath,
        address: unit.address,
        contact_phone: unit.contactPhone,
        state: unit.state,
        created_at: sqlNow(clock),
      })),
    )
    .execute();
}

export async function updateUnit(
  tx: Db,
  id: string,
  told: Pick<Unit, 'name' | 'address' | 'contactPhone'>,
): Promise<void> {
  const { name, address, contactPhone } = told;
  await tx
    .updateTable('directory_unit')
    .set({ name, address, contact_phone: contactPhone })
    .where('id', '=', idToBinary(id))
    .execute();
}
