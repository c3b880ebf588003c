import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import {
  addDays,
  type CivilDate,
  civilDateOf,
  daysBetween,
  parseCivilDate,
} from '@ddp/calendar/civil-date';
import type {
  readScanCounts as route,
  listScanTotals as totalsRoute,
} from '@ddp/contracts/codes/report-routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { newId } from '@ddp/db-kit/ids';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { readNow } from '@ddp/db-kit/time';
import { transact } from '@ddp/db-kit/transact';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { ServiceDeps } from '@ddp/service-kit/open-service';
import type { CodesDatabase } from '../database.ts';
import type { CodesDeps } from '../deps.ts';
import { createScanCounter, type ScanCounter } from '../scan-counter.ts';
import { findCode } from '../store/codes.ts';
import { addScans, claimFlush, listDays, listTotals } from '../store/scan-counts.ts';

const usualDays = 30;
const mostDays = 366;
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

/** The days asked for. Throws 400 where they are backwards or more than a year. */
function readPeriod(
  { fromOn, toOn }: { fromOn?: string | undefined; toOn?: string | undefined },
  today: CivilDate,
): { fromOn: CivilDate; toOn: CivilDate } {
  const last = toOn === undefined ? today : parseCivilDate(toOn);
  const first = fromOn === undefined ? addDays(last, 1 - usualDays) : parseCivilDate(fromOn);
  const days = daysBetween(first, last);
  if (days >= 0 && days <= mostDays) return { fromOn: first, toOn: last };
  const message = { zh: '起止日期应在一年之内', en: 'from before to, at most a year' };
  throw new Problem(commonProblems.invalidRequest, { errors: [{ pointer: 'toOn', message }] });
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
  const period = readPeriod(query, civilDateOf(await readNow(store.db, store.clock)));
  const days = await listDays(store.db, code.id, period);
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
  const period = readPeriod(query, civilDateOf(await readNow(store.db, store.clock)));
  const rows = await listTotals(store.db, areaPaths, period, page);
  return toPage(
    rows,
    query.limit,
    (total) => total,
    (total) => total.codeId,
  );
}
