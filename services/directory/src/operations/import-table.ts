import { actorOf, auditActor, requirePermission } from '@ddp/auth/authorize';
import type { importTable as route } from '@ddp/contracts/directory/table-routes';
import {
  maxImportRows,
  type TableFault,
  type TableImportResult,
  type TableName,
} from '@ddp/contracts/directory/tables';
import type { Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { transact } from '@ddp/db-kit/transact';
import { type ReadRow, readTable } from '@ddp/paper/spreadsheet/read-table';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { DirectoryDatabase } from '../database.ts';
import type { DirectoryDeps } from '../deps.ts';
import { gridImporter } from './import-grids.ts';
import { postImporter } from './import-posts.ts';
import { subjectImporter } from './import-subjects.ts';
import { unitImporter } from './import-units.ts';
import { Faults, type TableImporter } from './table-importer.ts';

export const importers: Record<TableName, TableImporter> = {
  units: unitImporter as TableImporter,
  subjects: subjectImporter as TableImporter,
  posts: postImporter as TableImporter,
  grids: gridImporter as TableImporter,
};

/** Ends a dry run: carries what would have happened out of the transaction that it rolls back. */
class DryRunEnd extends Error {
  readonly result: TableImportResult;

  constructor(result: TableImportResult) {
    super('a dry run ends');
    this.result = result;
  }
}

/**
 * Brings in a table, every row or none, in one transaction. A dry run does the same and takes it back,
 * so that what it tells is what would happen. A row whose key is there already changes that one.
 */
export async function importTable(
  deps: DirectoryDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('directory.manage', principal);
  const importer = importers[params.table];
  const bytes = Buffer.from(body.file, 'base64');
  const reading = await readTable(bytes, importer.columns, { maxRows: maxImportRows });
  if (reading.errors) return refuse(body.dryRun, reading.errors);
  const faults = new Faults();
  await importer.check?.(deps, reading.rows, faults, principal.requestId);
  if (!faults.isEmpty) return refuse(body.dryRun, faults.list);
  const bring = (tx: Transaction<DirectoryDatabase>) =>
    bringRows(deps, tx, principal, params.table, reading.rows);
  if (body.dryRun) return runDry(deps, bring);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'import-table', input };
  return runCommand(deps.store, command, async (tx) => {
    const result = await bring(tx);
    return result.errors.length > 0 ? refuse(false, result.errors) : result;
  });
}

async function bringRows(
  { store }: DirectoryDeps,
  tx: Transaction<DirectoryDatabase>,
  principal: Principal,
  table: TableName,
  rows: readonly ReadRow<string>[],
): Promise<TableImportResult> {
  const faults = new Faults();
  const counts = await importers[table].bring({ tx, store, principal, faults }, rows);
  await appendAudit(tx, store, {
    ...auditActor(principal),
    action: 'import-table',
    objectKind: 'table',
    objectId: table,
    detail: { rows: rows.length, ...counts },
  });
  const errors = [...faults.list].sort((a, b) => (a.row ?? 0) - (b.row ?? 0));
  return { dryRun: false, rows: rows.length, ...counts, errors };
}

async function runDry(
  { store }: DirectoryDeps,
  bring: (tx: Transaction<DirectoryDatabase>) => Promise<TableImportResult>,
): Promise<TableImportResult> {
  const run = async (tx: Transaction<DirectoryDatabase>): Promise<never> => {
    throw new DryRunEnd({ ...(await bring(tx)), dryRun: true });
  };
  return transact(store.db, run).catch((error: unknown) => {
    if (error instanceof DryRunEnd) return error.result;
    throw error;
  });
}

/** A dry run tells the errors; otherwise they refuse the whole table. */
function refuse(dryRun: boolean, errors: TableFault[]): TableImportResult {
  if (dryRun) return { dryRun, rows: 0, added: 0, changed: 0, unchanged: 0, errors };
  throw new Problem(commonProblems.tableHasErrors, {
    errors: errors.map(({ row, column, message }) => ({
      pointer: `/${row ?? 0}/${(column ?? '').replaceAll('/', '')}`,
      message: {
        zh: placeOf(row, column, 'zh') + message.zh,
        en: placeOf(row, column, 'en') + message.en,
      },
    })),
  });
}

function placeOf(row: number | null, column: string | null, language: 'zh' | 'en'): string {
  if (row === null) return column === null ? '' : `${column}: `;
  const where = language === 'zh' ? `第 ${row} 行` : `row ${row}`;
  return `${where}${column === null ? '' : ` ${column}`}: `;
}
