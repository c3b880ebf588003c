import { actorOf, auditActor, requireArea, requirePermission } from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import type { CoverageArea } from '@ddp/contracts/directory/coverage';
import type {
  exportCoverage as exportRoute,
  listCoverageAreas as listRoute,
  readCoverage as route,
} from '@ddp/contracts/directory/coverage-routes';
import type { Area } from '@ddp/contracts/directory/schemas';
import type { Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { decodeCursor, toPage } from '@ddp/db-kit/page';
import { readNow } from '@ddp/db-kit/time';
import { writeWorkbook } from '@ddp/paper/spreadsheet/write-workbook';
import type { Caller } from '@ddp/service-kit/bind-route';
import { coverageColumns, levelWords } from '../catalogue/table-columns.ts';
import type { DirectoryDeps } from '../deps.ts';
import { coverAreas, sumCoverage } from '../domain/coverage.ts';
import { findArea } from '../store/areas.ts';
import { readCoverageRecords } from '../store/coverage.ts';

/** The figures of each level under an area, counted from the records as they are today. */
export async function readCoverage(
  deps: DirectoryDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('directory.read', principal);
  const { areas, certifiedWorkers } = await cover(deps, principal, params.code);
  return sumCoverage(params.code, areas, certifiedWorkers);
}

/** The areas of a level, or those of them that lack something, by code. */
export async function listCoverageAreas(
  deps: DirectoryDeps,
  { principal }: Caller,
  { params, query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  requirePermission('directory.read', principal);
  const after = decodeCursor(query.cursor, /^[0-9]{4,18}$/);
  const { areas } = await cover(deps, principal, params.code);
  const wanted = areas.filter(
    (area) =>
      area.level === query.level &&
      (after === null || area.code > after) &&
      lacks(area, query.lacking),
  );
  return toPage(
    wanted,
    query.limit,
    (area) => area,
    (area) => area.code,
  );
}

/** Every area with what reaches it, as a workbook; an audit row says who took it. */
export async function exportCoverage(
  deps: DirectoryDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof exportRoute>,
): Promise<RouteResult<typeof exportRoute>> {
  requirePermission('directory.read', principal);
  const { store } = deps;
  const { areas } = await cover(deps, principal, params.code);
  const command = { actor: actorOf(principal), key, name: 'export-coverage', input: params };
  await runCommand(store, command, async (tx) => {
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'export-coverage',
      objectKind: 'area',
      objectId: params.code,
      detail: { rows: areas.length },
    });
  });
  const rows = areas.map(({ level, code, name, hasStation, certifiedWorkers }) => ({
    level: level === 'grid' ? '' : levelWords[level],
    code,
    name,
    station: hasStation ? '是' : '否',
    workers: certifiedWorkers,
  }));
  return writeWorkbook([{ name: '覆盖情况', columns: coverageColumns, rows }]);
}

function lacks(
  { hasStation, certifiedWorkers }: CoverageArea,
  what: 'station' | 'certified-worker' | undefined,
): boolean {
  if (what === undefined) return true;
  return what === 'station' ? !hasStation : certifiedWorkers === 0;
}

async function cover(
  { store }: DirectoryDeps,
  principal: Principal,
  code: string,
): Promise<{ areas: CoverageArea[]; certifiedWorkers: number }> {
  const area = await requireReachable(store.db, principal, code);
  const today = civilDateOf(await readNow(store.db, store.clock));
  const records = await readCoverageRecords(store.db, [area.areaPath], today);
  const certifiedWorkers = records.certified.reduce((sum, { workers }) => sum + workers, 0);
  return { areas: coverAreas(records), certifiedWorkers };
}

async function requireReachable(
  db: DirectoryDeps['store']['db'],
  principal: Principal,
  code: string,
): Promise<Area> {
  const area = await findArea(db, code);
  if (!area) throw new Problem(commonProblems.notFound);
  requireArea(principal, area.areaPath);
  return area;
}
