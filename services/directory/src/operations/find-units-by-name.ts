import type { Area } from '@ddp/contracts/directory/schemas';
import type { Transaction } from 'kysely';
import type { DirectoryDatabase } from '../database.ts';
import { listUnitsAt } from '../store/units.ts';
import type { Faults } from './table-importer.ts';

interface PlacedRow {
  row: number;
  cells: { unitName?: string };
  area: Area;
}

/** Finds the unit that a row names in its area; a name that is no open unit there gets a fault. */
export async function findUnitsByName(
  tx: Transaction<DirectoryDatabase>,
  rows: readonly PlacedRow[],
): Promise<(faults: Faults, row: PlacedRow) => string | null> {
  const named = rows.filter(({ cells }) => cells.unitName);
  const units = await listUnitsAt(
    tx,
    named.map(({ area }) => area.areaPath),
  );
  const ids = new Map(
    units
      .filter(({ state }) => state === 'open')
      .map((unit) => [`${unit.areaPath} ${unit.name}`, unit.id]),
  );
  return (faults, { row, cells, area }) => {
    if (!cells.unitName) return null;
    const id = ids.get(`${area.areaPath} ${cells.unitName}`);
    if (id === undefined) {
      faults.add(row, '所在单位', '该区划没有这个单位', 'no such unit in the area');
      return null;
    }
    return id;
  };
}
