import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import type {
  readScanCounts as route,
  listScanTotals as totalsRoute,
} from '@ddp/contracts/codes/report-routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { newId } from '@ddp/db-kit/ids';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { transact } from '@ddp/db-kit/transact';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { ServiceDeps } from '@ddp/service-kit/open-service';
import type { CodesDatabase } from '../database.ts';
import type { CodesDeps } from '../deps.ts';
import { createScanCounter, type ScanCounter } from '../scan-counter.ts';
import { findCode } from '../store/codes.ts';
import { addScans, claimFlush, listDays, listTotals } from '../store/scan-counts.ts';

const limits = { capacity: 50_000, flushAfterMs: 2_000, groupSize: 500 };

/** The counter of this process; nothing of who scanned, from where or with what is known to it. */
export function openScanCounter({
  store,
  log,
}: Pick<ServiceDeps<CodesDatabase>, 'store' | 'log'>): ScanCounter {
  return createScanCounter({
    ...limits,
    newId,
    onFailure: (err) => log.warn({ err }, 'counts of scans will be written later'),
    write: (groupId, counts) =>
      transact(
        store.db,
        async (tx) => {
          if (await claimFlush(tx, groupId)) await addScans(tx, counts);
        },
        { isRepeatable: true },
      ),
  });
}

export async function readScanCounts(
  { store, publicUrl }: CodesDeps,
  { principal }: Caller,
  { params, query }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('codes.read', principal);
  const { areaPaths } = requirePerson(principal);
  const code = await findCode(store.db, params.id, areaPaths, publicUrl);
  if (!code) throw new Problem(commonProblems.notFound);
  const days = await listDays(store.db, code.id, query);
  return { codeId: code.id, total: days.reduce((sum, { scans }) => sum + scans, 0), days };
}

export async function listScanTotals(
  { store }: CodesDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof totalsRoute>,
): Promise<RouteResult<typeof totalsRoute>> {
  requirePermission('codes.read', principal);
  const { areaPaths } = requirePerson(principal);
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit };
  const rows = await listTotals(store.db, areaPaths, query, page);
  return toPage(
    rows,
    query.limit,
    (total) => total,
    (total) => total.codeId,
  );
}
