import { actorOf, auditActor, requirePermission } from '@ddp/auth/authorize';
import type {
  exportTable as exportRoute,
  readTableTemplate as templateRoute,
} from '@ddp/contracts/directory/table-routes';
import { maxExportRows, type TableFilter, type TableName } from '@ddp/contracts/directory/tables';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import type { AreaScope } from '@ddp/db-kit/scope';
import type { TableRow } from '@ddp/paper/spreadsheet/column';
import { writeTemplate } from '@ddp/paper/spreadsheet/write-template';
import { writeWorkbook } from '@ddp/paper/spreadsheet/write-workbook';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Kysely } from 'kysely';
import { postRoleWords, subjectKindWords, unitKindWords } from '../catalogue/table-columns.ts';
import type { DirectoryDatabase } from '../database.ts';
import type { DirectoryDeps } from '../deps.ts';
import { areaCodeOf } from '../domain/area-tree.ts';
import { listGrids } from '../store/grids.ts';
import { listPosts } from '../store/posts.ts';
import { listSubjects } from '../store/subjects.ts';
import { listUnits, readUnitNames } from '../store/units.ts';
import { importers } from './import-table.ts';
import { readScope } from './read-scope.ts';

type Db = Kysely<DirectoryDatabase>;

const sheetNames: Record<TableName, string> = {
  units: '单位',
  subjects: '被评价对象',
  posts: '岗位',
  grids: '网格',
};

/** The filters that each list has. */
const filtersOf: Record<TableName, readonly (keyof TableFilter)[]> = {
  units: ['areaCode', 'search', 'kind'],
  subjects: ['areaCode', 'search', 'kind', 'unitId'],
  posts: ['areaCode', 'personId', 'unitId', 'role', 'on'],
  grids: ['areaCode', 'search'],
};

/** What is open, active or in force; closed rows could not be brought in again. */
const readers: Record<
  TableName,
  (db: Db, scope: AreaScope, filter: TableFilter) => Promise<TableRow[]>
> = {
  async units(db, scope, filter) {
    const rows = await listUnits(db, scope, { ...filter, state: 'open' }, null, maxExportRows);
    return rows.map(({ name, kind, areaPath, address, contactPhone }) => ({
      ...{ name, address, contactPhone },
      kind: unitKindWords[kind],
      areaCode: areaCodeOf(areaPath),
    }));
  },
  async subjects(db, scope, filter) {
    const rows = await listSubjects(db, scope, { ...filter, isActive: true }, null, maxExportRows);
    return rows.map(({ kind, name, title, areaCode, unitName, personId }) => ({
      ...{ name, title, areaCode, unitName, personId },
      kind: subjectKindWords[kind],
    }));
  },
  async posts(db, scope, filter) {
    const rows = await listPosts(db, scope, filter, null, maxExportRows);
    const own = rows.filter(({ substituteFor }) => substituteFor === null);
    const names = await readUnitNames(
      db,
      own.flatMap(({ unitId }) => unitId ?? []),
    );
    return own.map(({ personId, role, areaPath, unitId, fromOn, toOn }) => ({
      ...{ personId, fromOn, toOn },
      role: role === null ? '' : postRoleWords[role],
      areaCode: areaCodeOf(areaPath),
      unitName: names.get(unitId ?? '') ?? '',
    }));
  },
  async grids(db, scope, filter) {
    const rows = await listGrids(db, scope, { ...filter, state: 'open' }, null, maxExportRows);
    return rows.map(({ communityCode, code, name, households }) => ({
      ...{ communityCode, name, households },
      number: code.slice(communityCode.length),
    }));
  },
};

export async function readTableTemplate(
  _deps: DirectoryDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof templateRoute>,
): Promise<RouteResult<typeof templateRoute>> {
  requirePermission('directory.read', principal);
  return writeTemplate(sheetNames[params.table], importers[params.table].columns);
}

/** The rows of a list by its filters, in the columns of the import; an audit row says who took them. */
export async function exportTable(
  { store }: DirectoryDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof exportRoute>,
): Promise<RouteResult<typeof exportRoute>> {
  requirePermission('directory.read', principal);
  const { table } = params;
  requireOwnFilters(table, body);
  const scope = await readScope(store.db, principal, body.areaCode);
  const rows = await readers[table](store.db, scope, body);
  if (rows.length > maxExportRows) throw new Problem(commonProblems.tooManyRows);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'export-table', input };
  await runCommand(store, command, async (tx) => {
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'export-table',
      objectKind: 'table',
      objectId: table,
      detail: { rows: rows.length, filters: Object.keys(body) },
    });
  });
  return writeWorkbook([{ name: sheetNames[table], columns: importers[table].columns, rows }]);
}

function requireOwnFilters(table: TableName, filter: TableFilter): void {
  const foreign = Object.keys(filter).filter(
    (name) => !filtersOf[table].some((known) => known === name),
  );
  if (foreign.length === 0) return;
  const message = { zh: '此表没有这个筛选条件', en: 'not a filter of this table' };
  throw new Problem(commonProblems.invalidRequest, {
    errors: foreign.map((name) => ({ pointer: `/${name}`, message })),
  });
}
