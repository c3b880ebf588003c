import type { Grid } from '@ddp/contracts/directory/grids';
import { containing } from '@ddp/db-kit/like';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { DirectoryDatabase } from '../database.ts';
import { isCodeText } from '../domain/area-tree.ts';
import { adviseGrid } from '../domain/grid-advice.ts';

type Db = Kysely<DirectoryDatabase>;

const columns = ['code', 'name', 'parent_code', 'area_path', 'state', 'households'] as const;

interface GridRow {
  code: string;
  name: string;
  parent_code: string | null;
  area_path: string;
  state: string;
  households: number | null;
}

function toGrid(row: GridRow): Grid {
  return {
    code: row.code,
    name: row.name,
    communityCode: row.parent_code ?? '',
    areaPath: row.area_path,
    state: row.state as Grid['state'],
    households: row.households,
    advice: adviseGrid(row.households),
  };
}

export interface GridFilter {
  state?: string | undefined;
  search?: string | undefined;
}

/** Grids of a scope by code, one more than the limit. */
export async function listGrids(
  db: Db,
  scope: AreaScope,
  filter: GridFilter,
  after: string | null,
  limit: number,
): Promise<Grid[]> {
  const { state, search } = filter;
  let query = selectScoped(db, 'directory_area', scope).select(columns).where('level', '=', 'grid');
  if (state !== undefined) query = query.where('state', '=', state);
  if (search !== undefined) {
    query = query.where((eb) =>
      eb.or([
        eb('name', 'like', containing(search)),
        ...(isCodeText(search) ? [eb('code', 'like', `${search}%`)] : []),
      ]),
    );
  }
  if (after !== null) query = query.where('code', '>', after);
  const rows = await query
    .orderBy('code')
    .limit(limit + 1)
    .execute();
  return rows.map(toGrid);
}

export async function listGridsByCode(tx: Db, codes: readonly string[]): Promise<Grid[]> {
  if (codes.length === 0) return [];
  const rows = await selectScoped(tx, 'directory_area', everywhere)
    .select(columns)
    .where('code', 'in', [...codes])
    .where('level', '=', 'grid')
    .forUpdate()
    .execute();
  return rows.map(toGrid);
}

/** A grid, locked. */
export async function lockGrid(tx: Db, code: string, scope: AreaScope): Promise<Grid | null> {
  const row = await selectScoped(tx, 'directory_area', scope)
    .select(columns)
    .where('code', '=', code)
    .where('level', '=', 'grid')
    .forUpdate()
    .executeTakeFirst();
  return row ? toGrid(row) : null;
}

export type NewGrid = Pick<Grid, 'code' | 'name' | 'communityCode' | 'areaPath' | 'households'>;

/** Throws a duplicate where an area has the code. */
export async function insertGrids(
  tx: Db,
  clock: ClockOffset,
  grids: readonly NewGrid[],
): Promise<void> {
  if (grids.length === 0) return;
  await tx
    .insertInto('directory_area')
    .values(
      grids.map((grid) => ({
        code: grid.code,
        name: grid.name,
        level: 'grid',
        parent_code: grid.communityCode,
        area_path: grid.areaPath,
        households: grid.households,
        created_at: sqlNow(clock),
      })),
    )
    .execute();
}

export async function updateGrid(
  tx: Db,
  code: string,
  change: { name?: string; households?: number; state?: 'closed' },
): Promise<void> {
  await tx.updateTable('directory_area').set(change).where('code', '=', code).execute();
}

/** Whether anything that is alive belongs to the area or to one under it. */
export async function isAreaInUse(tx: Db, areaPath: string, today: string): Promise<boolean> {
  const scope = [areaPath];
  const unit = await selectScoped(tx, 'directory_unit', scope)
    .select('id')
    .where('state', '=', 'open')
    .limit(1)
    .executeTakeFirst();
  const subject = await selectScoped(tx, 'directory_subject', scope)
    .select('id')
    .where('is_active', '=', 1)
    .limit(1)
    .executeTakeFirst();
  const post = await selectScoped(tx, 'directory_post', scope)
    .select('id')
    .where((eb) => eb.or([eb('to_on', 'is', null), eb('to_on', '>=', today)]))
    .limit(1)
    .executeTakeFirst();
  return [unit, subject, post].some((row) => row !== undefined);
}
