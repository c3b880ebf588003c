import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { listSuspicions as route } from '@ddp/contracts/codes/report-routes';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { CodesDeps } from '../deps.ts';
import { listReports } from '../store/reports.ts';

const overWholeCity = /^\/([0-9]+\/)?$/;

/** Whether a person answers for a whole city, and so for codes that belong to nobody. */
export function seesUnknownCodes({ areaPaths }: PersonPrincipal): boolean {
  return areaPaths.some((path) => overWholeCity.test(path));
}

/** Reports that the staff of an area have to look into, and those that were. */
export async function listSuspicions(
  { store }: CodesDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('codes.read', principal);
  const person = requirePerson(principal);
  if (query.isUnknown && !seesUnknownCodes(person)) throw new Problem(commonProblems.forbidden);
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit };
  const scope = query.isUnknown ? 'unknown' : narrow(person.areaPaths, query.areaPath);
  const rows = await listReports(store.db, scope, query, page);
  return toPage(
    rows,
    query.limit,
    (report) => report,
    (report) => report.id,
  );
}

/** The wanted subtree where it lies inside one's own; nothing where it does not. */
function narrow(areaPaths: readonly string[], wanted: string | undefined): readonly string[] {
  if (wanted === undefined) return areaPaths;
  if (areaPaths.some((path) => wanted.startsWith(path))) return [wanted];
  return areaPaths.filter((path) => path.startsWith(wanted));
}
