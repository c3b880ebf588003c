import { addressSchema, deskPhoneSchema, type Unit } from '@ddp/contracts/directory/units';
import { nameSchema } from '@ddp/contracts/primitives';
import { newId } from '@ddp/db-kit/ids';
import type { ReadRow } from '@ddp/paper/spreadsheet/read-table';
import { keyOfWord, unitColumns, unitKindWords } from '../catalogue/table-columns.ts';
import { isKindOfLevel } from '../domain/area-levels.ts';
import { insertUnits, listUnitsAt, updateUnit } from '../store/units.ts';
import { checkCell } from './check-cell.ts';
import {
  type Faults,
  type ImportContext,
  placeRows,
  type TableImporter,
  withoutRepeats,
} from './table-importer.ts';

type Key = (typeof unitColumns)[number]['key'];

/** A unit is known by its area, kind and name; its address and phone may change. */
export const unitImporter: TableImporter<Key> = {
  columns: unitColumns,
  async bring(context, rows) {
    const { tx, store, faults } = context;
    const units = withoutRepeats(faults, await toUnits(context, rows), keyOf);
    const known = new Map(
      (await listUnitsAt(tx, pathsOf(units))).map((unit) => [keyOf(unit), unit]),
    );
    const added = units.filter((unit) => !known.has(keyOf(unit)));
    const changed = units.filter((unit) => differs(unit, known.get(keyOf(unit))));
    if (faults.isEmpty) {
      await insertUnits(tx, store.clock, added);
      for (const unit of changed) await updateUnit(tx, known.get(keyOf(unit))?.id ?? '', unit);
    }
    const unchanged = units.length - added.length - changed.length;
    return { added: added.length, changed: changed.length, unchanged };
  },
};

async function toUnits(context: ImportContext, rows: readonly ReadRow<Key>[]) {
  const placed = await placeRows(context, rows, 'areaCode', '区划代码');
  return placed.flatMap(({ row, cells, area }) => {
    const kind = readKind(context.faults, row, cells.kind);
    checkCell(context.faults, row, '名称', nameSchema, cells.name);
    checkCell(context.faults, row, '地址', addressSchema, cells.address ?? '');
    checkCell(context.faults, row, '单位电话', deskPhoneSchema, cells.contactPhone ?? '');
    if (kind === null) return [];
    if (!isKindOfLevel(kind, area.level)) {
      const [zh, en] = ['单位类型与区划级别不符', 'belongs to an area of another level'];
      context.faults.add(row, '类型', zh, en);
    }
    const { name, address = '', contactPhone = '' } = cells;
    const unit = { id: newId(), name, kind, areaPath: area.areaPath, address, contactPhone };
    return [{ ...unit, row, state: 'open' as const }];
  });
}

function readKind(faults: Faults, row: number, word: string): Unit['kind'] | null {
  const kind = keyOfWord(unitKindWords, word);
  if (kind === null) faults.add(row, '类型', '没有这种类型', 'no such kind');
  return kind;
}

const keyOf = (unit: Unit) => `${unit.areaPath} ${unit.kind} ${unit.name}`;
const pathsOf = (units: readonly Unit[]) => units.map(({ areaPath }) => areaPath);

function differs(unit: Unit, known: Unit | undefined): boolean {
  if (known === undefined) return false;
  return unit.address !== known.address || unit.contactPhone !== known.contactPhone;
}
