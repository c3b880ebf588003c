import { type Grid, gridChangeSchema, newGridSchema } from '@ddp/contracts/directory/grids';
import { nameSchema } from '@ddp/contracts/primitives';
import { newId } from '@ddp/db-kit/ids';
import type { ReadRow } from '@ddp/paper/spreadsheet/read-table';
import { gridColumns } from '../catalogue/table-columns.ts';
import { keepPast } from '../store/area-past.ts';
import { insertGrids, listGridsByCode, type NewGrid, updateGrid } from '../store/grids.ts';
import { touchSubjectsOfArea } from '../store/subjects.ts';
import { checkCell } from './check-cell.ts';
import {
  type ImportContext,
  placeRows,
  type TableImporter,
  withoutRepeats,
} from './table-importer.ts';
import { tellSubjects } from './tell-subjects.ts';

type Key = (typeof gridColumns)[number]['key'];
type Row = NewGrid & { row: number; households: number };

/** A grid is known by its code; its name and households may change. */
export const gridImporter: TableImporter<Key> = {
  columns: gridColumns,
  async bring(context, rows) {
    const { tx, store, faults } = context;
    const grids = withoutRepeats(faults, await toGrids(context, rows), ({ code }) => code);
    const codes = grids.map(({ code }) => code);
    const known = new Map((await listGridsByCode(tx, codes)).map((grid) => [grid.code, grid]));
    for (const { row, code } of grids) {
      if ((known.get(code)?.state ?? 'open') === 'open') continue;
      faults.add(row, '网格编号', '该网格已撤销', 'the grid is closed');
    }
    const added = grids.filter(({ code }) => !known.has(code));
    const changed = grids.filter((grid) => differs(grid, known.get(grid.code)));
    if (faults.isEmpty) {
      await insertGrids(tx, store.clock, added);
      await renameGrids(context, changed, known);
      for (const { code, name, households } of changed) {
        await updateGrid(tx, code, { name, households });
      }
    }
    const unchanged = grids.length - added.length - changed.length;
    return { added: added.length, changed: changed.length, unchanged };
  },
};

async function toGrids(context: ImportContext, rows: readonly ReadRow<Key>[]): Promise<Row[]> {
  const { faults } = context;
  const placed = await placeRows(context, rows, 'communityCode', '社区代码');
  return placed.flatMap(({ row, cells, area }) => {
    const { communityCode, number, name } = cells;
    const households = /^[0-9]{1,6}$/.test(cells.households)
      ? Number(cells.households)
      : Number.NaN;
    checkCell(faults, row, '名称', nameSchema, name);
    const { households: schema } = gridChangeSchema.shape;
    if (!schema.safeParse(households).success) {
      faults.add(row, '户数', '填写 0 至 100000 的整数', 'a whole number from 0 to 100,000');
    }
    if (!checkCell(faults, row, '网格编号', newGridSchema.shape.number, number)) return [];
    const code = `${communityCode}${number}`;
    if (area.level !== 'community' || code.length > 18) {
      faults.add(row, '社区代码', '网格须在社区之下', 'a grid belongs to a community');
      return [];
    }
    return [{ row, code, name, communityCode, areaPath: `${area.areaPath}${code}/`, households }];
  });
}

/** Keeps the old names, and lets the cards of subjects follow the new ones. */
async function renameGrids(
  { tx, store, principal }: ImportContext,
  changed: readonly Row[],
  known: ReadonlyMap<string, Grid>,
): Promise<void> {
  const renamed = changed.filter(({ code, name }) => known.get(code)?.name !== name);
  const codes = renamed.map(({ code }) => code);
  const change = { id: newId(), kind: 'renamed' as const, reason: '' };
  await keepPast(tx, store.clock, change, { codes });
  for (const code of codes) {
    await tellSubjects(tx, store, await touchSubjectsOfArea(tx, code), principal.requestId);
  }
}

function differs(grid: Row, known: Grid | undefined): boolean {
  if (known === undefined) return false;
  return grid.name !== known.name || grid.households !== known.households;
}
