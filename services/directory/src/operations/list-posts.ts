import { requirePermission } from '@ddp/auth/authorize';
import type { listPosts as route } from '@ddp/contracts/directory/post-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { DirectoryDeps } from '../deps.ts';
import * as posts from '../store/posts.ts';
import { readScope } from './read-scope.ts';

/** Posts of a person, a unit or an area, ended ones too, or those in force on a day. */
export async function listPosts(
  { store }: DirectoryDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('directory.read', principal);
  const after = decodeCursor(query.cursor, idCursor);
  const scope = await readScope(store.db, principal, query.areaCode);
  const rows = await posts.listPosts(store.db, scope, query, after, query.limit);
  return toPage(
    rows,
    query.limit,
    (post) => post,
    (post) => post.id,
  );
}
