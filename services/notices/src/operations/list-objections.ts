import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import type {
  listMyObjections as ownRoute,
  listObjections as route,
} from '@ddp/contracts/notices/routes';
import type { Objection } from '@ddp/contracts/notices/schemas';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { NoticesDeps } from '../deps.ts';
import { findEntry } from '../store/entries.ts';
import * as objections from '../store/objections.ts';

export async function listObjections(
  { store }: NoticesDeps,
  { principal }: Caller,
  { params, query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('board.manage', principal);
  const { areaPaths } = requirePerson(principal);
  if (!(await findEntry(store.db, params.id, areaPaths))) {
    throw new Problem(commonProblems.notFound);
  }
  const after = decodeCursor(query.cursor, idCursor);
  const rows = await objections.listObjections(store.db, params.id, after, query.limit);
  return toPage(rows, query.limit, toObjection, (objection) => objection.id);
}

/** What the person objected to, with the answers in full, newest first. */
export async function listMyObjections(
  { store }: NoticesDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof ownRoute>,
): Promise<RouteResult<typeof ownRoute>> {
  requirePermission('signed-in', principal);
  const { personId } = requirePerson(principal);
  const before = decodeCursor(query.cursor, idCursor);
  const rows = await objections.listObjectionsOf(store.db, personId, before, query.limit);
  return toPage(rows, query.limit, toObjection, (objection) => objection.id);
}

/** Who objected, and who wrote it down, is shown to nobody. */
export function toObjection({
  personId: _personId,
  recordedBy: _recordedBy,
  ...objection
}: objections.StoredObjection): Objection {
  return objection;
}
