import { requirePermission } from '@ddp/auth/authorize';
import type { listCertificates as route } from '@ddp/contracts/directory/certificate-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { DirectoryDeps } from '../deps.ts';
import * as certificates from '../store/certificates.ts';
import { readScope } from './read-scope.ts';

/** Certificates of the workers in reach, renewed and withdrawn ones too. */
export async function listCertificates(
  { store }: DirectoryDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('directory.read', principal);
  const after = decodeCursor(query.cursor, idCursor);
  const scope = await readScope(store.db, principal, query.areaCode);
  const rows = await certificates.listCertificates(store.db, scope, query, after, query.limit);
  return toPage(
    rows,
    query.limit,
    (certificate) => certificate,
    (certificate) => certificate.id,
  );
}
