import type { Area, AreaLevel } from '@ddp/contracts/directory/schemas';
import { containing } from '@ddp/db-kit/like';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { DirectoryDatabase } from '../database.ts';
import { isCodeText, type PlacedArea } from '../domain/area-tree.ts';

type Db = Kysely<DirectoryDatabase>;

interface AreaRow {
  code: string;
  name: string;
  level: string;
  parent_code: string | null;
  area_path: string;
  state: string;
  merged_into: string | null;
}

export interface AreaFilter {
  parentCode?: string | undefined;
  level?: string | undefined;
  state: string;
  search?: string | undefined;
}

const columns = [
  'code',
  'name',
  'level',
  'parent_code',
  'area_path',
  'state',
  'merged_into',
] as const;

function toArea(row: AreaRow): Area {
  return {
    code: row.code,
    name: row.name,
    level: row.level as AreaLevel,
    parentCode: row.parent_code,
    areaPath: row.area_path,
    state: row.state as Area['state'],
    mergedInto: row.merged_into,
  };
}

export async function findArea(db: Db, code: string): Promise<Area | null> {
  const row = await selectScoped(db, 'directory_area', everywhere)
    .select(columns)
    .where('code', '=', code)
    .executeTakeFirst();
  return row ? toArea(row) : null;
}

/**
 * Areas by their codes, locked: whoever puts a row into an area holds it until the row is there, so
 * that a move of the area finds the row.
 */
export async function lockAreas(tx: Db, codes: readonly string[]): Promise<Map<string, Area>> {
  const areas = new Map<string, Area>();
  const batchSize = 500;
  const sorted = [...new Set(codes)].sort();
  for (let start = 0; start < sorted.length; start += batchSize) {
    const rows = await selectScoped(tx, 'directory_area', everywhere)
      .select(columns)
      .where('code', 'in', sorted.slice(start, start + batchSize))
      .orderBy('code')
      .forUpdate()
      .execute();
    for (const row of rows) areas.set(row.code, toArea(row));
  }
  return areas;
}

/** Areas by code, one more than the limit. */
export async function listAreas(
  db: Db,
  filter: AreaFilter,
  after: string | null,
  limit: number,
): Promise<Area[]> {
  const { parentCode, level, state, search } = filter;
  let query = selectScoped(db, 'directory_area', everywhere)
    .select(columns)
    .where('state', '=', state);
  if (parentCode !== undefined) query = query.where('parent_code', '=', parentCode);
  if (level !== undefined) query = query.where('level', '=', level);
  if (search !== undefined) {
    query = isCodeText(search)
      ? query.where('code', 'like', `${search}%`)
      : query.where('name', 'like', containing(search));
  }
  if (after !== null) query = query.where('code', '>', after);
  const rows = await query
    .orderBy('code')
    .limit(limit + 1)
    .execute();
  return rows.map(toArea);
}

/** Every stored area by code, locked, so that none moves while others are hung under it. */
export async function lockAllAreas(tx: Db): Promise<Map<string, Area>> {
  const rows = await selectScoped(tx, 'directory_area', everywhere)
    .select(columns)
    .orderBy('code')
    .forUpdate()
    .execute();
  return new Map(rows.map((row) => [row.code, toArea(row)]));
}

export async function insertAreas(
  tx: Db,
  clock: ClockOffset,
  areas: readonly PlacedArea[],
): Promise<void> {
  const batchSize = 500;
  for (let start = 0; start < areas.length; start += batchSize) {
    await tx
      .insertInto('directory_area')
      .values(
        areas.slice(start, start + batchSize).map((area) => ({
          code: area.code,
          name: area.name,
          level: area.level,
          parent_code: area.parentCode,
          area_path: area.areaPath,
          created_at: sqlNow(clock),
        })),
      )
      .execute();
  }
}

export async function renameArea(tx: Db, code: string, name: string): Promise<void> {
  await tx.updateTable('directory_area').set({ name }).where('code', '=', code).execute();
}
