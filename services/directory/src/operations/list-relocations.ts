import { requirePermission } from '@ddp/auth/authorize';
import type {
  readAreaHistory as historyRoute,
  listRelocations as route,
} from '@ddp/contracts/directory/relocation-routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { binaryToId } from '@ddp/db-kit/ids';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { DirectoryDeps } from '../deps.ts';
import { listPast } from '../store/area-past.ts';
import { findArea } from '../store/areas.ts';
import * as relocations from '../store/relocations.ts';

/** Every move and merge of areas, and how far each is followed. */
export async function listRelocations(
  { store }: DirectoryDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('directory.read', principal);
  const after = decodeCursor(query.cursor, idCursor);
  const rows = await relocations.listRelocations(store.db, after, query.limit);
  return toPage(
    rows,
    query.limit,
    (one) => one,
    (one) => one.id,
  );
}

/** What an area was, and until when: other names, other places. */
export async function readAreaHistory(
  { store }: DirectoryDeps,
  _caller: Caller,
  { params, query }: RouteRequest<typeof historyRoute>,
): Promise<RouteResult<typeof historyRoute>> {
  const after = decodeCursor(query.cursor, idCursor);
  if (!(await findArea(store.db, params.code))) throw new Problem(commonProblems.notFound);
  const rows = await listPast(store.db, params.code, after, query.limit);
  return toPage(
    rows,
    query.limit,
    ({ changeId: _changeId, ...past }) => past,
    (past) => binaryToId(past.changeId),
  );
}
