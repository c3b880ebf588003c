import type {
  listProgrammes as listRoute,
  readProgramme as route,
} from '@ddp/contracts/directory/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { DirectoryDeps } from '../deps.ts';
import * as programmes from '../store/programmes.ts';

export async function readProgramme(
  { store }: DirectoryDeps,
  _caller: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const all = await programmes.listProgrammes(store.db);
  const programme = all.find((one) => one.id === params.id);
  if (!programme) throw new Problem(commonProblems.notFound);
  return programme;
}

export async function listProgrammes(
  { store }: DirectoryDeps,
  _caller: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  const after = decodeCursor(query.cursor, idCursor);
  const all = await programmes.listProgrammes(store.db);
  const rest = all.filter((one) => after === null || one.id > after);
  return toPage(
    rest.slice(0, query.limit + 1),
    query.limit,
    (one) => one,
    (one) => one.id,
  );
}
