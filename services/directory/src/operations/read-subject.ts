import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import type {
  listSubjects as listRoute,
  readSubject as route,
} from '@ddp/contracts/directory/routes';
import type { listOwnSubjects as ownRoute } from '@ddp/contracts/directory/subject-routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { everywhere } from '@ddp/db-kit/scope';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { DirectoryDeps } from '../deps.ts';
import { listPosts } from '../store/posts.ts';
import * as subjects from '../store/subjects.ts';
import { readScope } from './read-scope.ts';

/** Of posts in force and of subjects: nobody serves in more places. */
const mostServed = 50;

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

/** What somebody is rated as: those who scan see the same of it. */
export async function listOwnSubjects(
  { store }: DirectoryDeps,
  { principal }: Caller,
): Promise<RouteResult<typeof ownRoute>> {
  const { personId } = requirePerson(principal);
  const on = civilDateOf(await readNow(store.db, store.clock));
  const posts = await listPosts(store.db, everywhere, { personId, on }, null, mostServed);
  const units = posts.flatMap(({ unitId }) => (unitId === null ? [] : [unitId]));
  const served = await subjects.listSubjectsServedAs(
    store.db,
    personId,
    [...new Set(units)],
    mostServed,
  );
  const items = served.map(({ id, kind, name, title, unitName, areaName, ...more }) => ({
    ...{ id, kind, name, title, unitName, areaName },
    isOwn: more.personId === personId,
  }));
  return { items };
}
