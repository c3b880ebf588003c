import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import type {
  listBatches as listRoute,
  readBatch as route,
  readBatchTable as tableRoute,
} from '@ddp/contracts/codes/batch-routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { TableRow } from '@ddp/paper/spreadsheet/column';
import { writeWorkbook } from '@ddp/paper/spreadsheet/write-workbook';
import { formatShortCode } from '@ddp/qr/short-code';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { CodesDeps } from '../deps.ts';
import * as batches from '../store/batches.ts';
import { listBatchCodes } from '../store/many-codes.ts';

const columns = [
  { key: 'name', title: { zh: '名称', en: 'Name' } },
  { key: 'unit', title: { zh: '单位', en: 'Unit' } },
  { key: 'area', title: { zh: '区域', en: 'Area' } },
  { key: 'place', title: { zh: '位置', en: 'Place' } },
  { key: 'shortCode', title: { zh: '输入码', en: 'Short code' } },
  { key: 'url', title: { zh: '网址', en: 'Address' } },
] as const;

export async function readBatch(
  { store }: CodesDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('codes.read', principal);
  const { areaPaths } = requirePerson(principal);
  const batch = await batches.findBatch(store.db, params.id, areaPaths);
  if (!batch) throw new Problem(commonProblems.notFound);
  return batch;
}

export async function listBatches(
  { store }: CodesDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  requirePermission('codes.read', principal);
  const { areaPaths } = requirePerson(principal);
  const page = { after: decodeCursor(query.cursor, idCursor), limit: query.limit };
  const rows = await batches.listBatches(store.db, areaPaths, page);
  return toPage(
    rows,
    query.limit,
    (batch) => batch,
    (batch) => batch.id,
  );
}

/** The codes of a batch with address and short code, once it is done. */
export async function readBatchTable(
  deps: CodesDeps,
  caller: Caller,
  request: RouteRequest<typeof tableRoute>,
): Promise<RouteResult<typeof tableRoute>> {
  const batch = await readBatch(deps, caller, request);
  if (batch.state !== 'done') throw new Problem(commonProblems.conflict);
  const rows: TableRow[] = [];
  for await (const codes of listBatchCodes(deps.store.db, batch.id)) {
    for (const code of codes) {
      rows.push({
        name: code.name,
        unit: code.unitName,
        area: code.areaName,
        place: code.place,
        shortCode: formatShortCode(code.shortCode),
        url: `${deps.publicUrl}/e/${code.token}`,
      });
    }
  }
  return writeWorkbook([{ name: '评价码', columns, rows }]);
}
