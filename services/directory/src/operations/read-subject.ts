import { requirePermission } from '@ddp/auth/authorize';
import type {
  listSubjects as listRoute,
  readSubject as route,
} from '@ddp/contracts/directory/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { DirectoryDeps } from '../deps.ts';
import * as subjects from '../store/subjects.ts';
import { readScope } from './read-scope.ts';

/** The card of a subject, for services that keep a copy of it. */
export async function readSubject(
  { store }: DirectoryDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('service', principal);
  const subject = await subjects.findSubject(store.db, params.id);
  if (!subject) throw new Problem(commonProblems.notFound);
  return subjects.shownSubject(subject);
}

export async function listSubjects(
  { store }: DirectoryDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  requirePermission('directory.read', principal);
  const after = decodeCursor(query.cursor, idCursor);
  const scope = await readScope(store.db, principal, query.areaCode);
  const isActive = query.isActive === undefined ? undefined : query.isActive === 'true';
  const filter = { ...query, isActive };
  const rows = await subjects.listSubjects(store.db, scope, filter, after, query.limit);
  return toPage(rows, query.limit, subjects.shownSubject, (subject) => subject.id);
}
