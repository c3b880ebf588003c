import type { Area } from '@ddp/contracts/directory/schemas';
import type { TableFault } from '@ddp/contracts/directory/tables';
import type { Principal } from '@ddp/contracts/principal';
import type { ServiceStore } from '@ddp/db-kit/command';
import type { Column } from '@ddp/paper/spreadsheet/column';
import type { ReadRow } from '@ddp/paper/spreadsheet/read-table';
import type { Transaction } from 'kysely';
import type { DirectoryDatabase } from '../database.ts';
import type { DirectoryDeps } from '../deps.ts';
import { lockAreas } from '../store/areas.ts';

export interface ImportContext {
  tx: Transaction<DirectoryDatabase>;
  store: ServiceStore<DirectoryDatabase>;
  principal: Principal;
  /** Faults found so far; the caller rolls back where there are any. */
  faults: Faults;
}

export interface ImportCounts {
  added: number;
  changed: number;
  unchanged: number;
}

/** How the rows of one table are brought in. */
export interface TableImporter<K extends string = string> {
  columns: readonly Column<K>[];
  /** Asks other services what the rows stand on, before the transaction. */
  check?(
    deps: DirectoryDeps,
    rows: readonly ReadRow<K>[],
    faults: Faults,
    requestId: string,
  ): Promise<void>;
  /** Writes the rows that are new or have changed, with their events. */
  bring(context: ImportContext, rows: readonly ReadRow<K>[]): Promise<ImportCounts>;
}

const mostFaults = 200;

/** What is wrong with a table, by row and column. */
export class Faults {
  readonly list: TableFault[] = [];

  add(row: number | null, column: string | null, zh: string, en: string): void {
    if (this.list.length < mostFaults) this.list.push({ row, column, message: { zh, en } });
  }

  get isEmpty(): boolean {
    return this.list.length === 0;
  }
}

/**
 * The area that each row names, locked; rows of an area that is not there, out of reach or closed get
 * a fault and no area.
 */
export async function placeRows<K extends string>(
  { tx, principal, faults }: ImportContext,
  rows: readonly ReadRow<K>[],
  key: NoInfer<K>,
  column: string,
): Promise<(ReadRow<K> & { area: Area })[]> {
  const areas = await lockAreas(
    tx,
    rows.map(({ cells }) => cells[key]),
  );
  const scopes = principal.kind === 'person' ? principal.areaPaths : [];
  return rows.flatMap((row) => {
    const area = areas.get(row.cells[key]);
    if (!area || !scopes.some((scope) => area.areaPath.startsWith(scope))) {
      faults.add(row.row, column, '没有这个区划，或不在您的辖区', 'no such area within your reach');
      return [];
    }
    if (area.state !== 'open') {
      const [zh, en] = ['该区划已撤销或并入其他区划', 'the area is closed or was merged'];
      faults.add(row.row, column, zh, en);
      return [];
    }
    return [{ ...row, area }];
  });
}

/** The rows without those that repeat the key of an earlier one, which get a fault. */
export function withoutRepeats<R extends { row: number }>(
  faults: Faults,
  rows: readonly R[],
  keyOf: (row: R) => string,
): R[] {
  const seen = new Map<string, number>();
  return rows.filter((one) => {
    const first = seen.get(keyOf(one));
    if (first === undefined) {
      seen.set(keyOf(one), one.row);
      return true;
    }
    faults.add(one.row, null, `与第 ${first} 行重复`, `the same as row ${first}`);
    return false;
  });
}
