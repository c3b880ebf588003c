import type { listAreas as listRoute, readArea as route } from '@ddp/contracts/directory/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { DirectoryDeps } from '../deps.ts';
import * as areas from '../store/areas.ts';

export async function readArea(
  { store }: DirectoryDeps,
  _caller: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const area = await areas.findArea(store.db, params.code);
  if (!area) throw new Problem(commonProblems.notFound);
  return area;
}

/** Children of an area, or areas whose name contains a word, by code. */
export async function listAreas(
  { store }: DirectoryDeps,
  _caller: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  const after = decodeCursor(query.cursor, /^[0-9]{4,18}$/);
  const rows = await areas.listAreas(store.db, query, after, query.limit);
  return toPage(
    rows,
    query.limit,
    (area) => area,
    (area) => area.code,
  );
}
