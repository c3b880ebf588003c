import { requirePermission } from '@ddp/auth/authorize';
import type { listUnits as route } from '@ddp/contracts/directory/routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { DirectoryDeps } from '../deps.ts';
import * as units from '../store/units.ts';
import { readScope } from './read-scope.ts';

export async function listUnits(
  { store }: DirectoryDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('directory.read', principal);
  const after = decodeCursor(query.cursor, idCursor);
  const scope = await readScope(store.db, principal, query.areaCode);
  const rows = await units.listUnits(store.db, scope, query, after, query.limit);
  return toPage(
    rows,
    query.limit,
    (unit) => unit,
    (unit) => unit.id,
  );
}
