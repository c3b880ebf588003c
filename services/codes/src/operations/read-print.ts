import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import type {
  readCalibrationPage as calibrationRoute,
  readPrintPdf as pdfRoute,
  readPrint as route,
  readPrintSvg as svgRoute,
} from '@ddp/contracts/codes/print-routes';
import type { Print } from '@ddp/contracts/codes/prints';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteAnswer, RouteRequest, RouteResult } from '@ddp/contracts/route';
import { readNow } from '@ddp/db-kit/time';
import { renderPdf } from '@ddp/paper/drawing/render-pdf';
import { drawCalibrationPage } from '@ddp/paper/sheets/calibration-page';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { CodesDeps } from '../deps.ts';
import { findPart, findPrint, type PrintOrder } from '../store/prints.ts';

/** What is told of a print. */
export function toPrint(order: PrintOrder): Print {
  const { id, sheet, format, state, areaPath, wanted, drawn, failure } = order;
  const { requestedAt, expiresAt } = order;
  return { id, sheet, format, state, areaPath, wanted, drawn, failure, requestedAt, expiresAt };
}

async function readOrder(deps: CodesDeps, { principal }: Caller, id: string): Promise<PrintOrder> {
  requirePermission('codes.print', principal);
  const { areaPaths } = requirePerson(principal);
  const { db, clock } = deps.store;
  const order = await findPrint(db, id, areaPaths);
  if (!order) throw new Problem(commonProblems.notFound);
  const isOver = Date.parse(order.expiresAt) <= (await readNow(db, clock)).getTime();
  return isOver ? { ...order, state: 'expired' } : order;
}

export async function readPrint(
  deps: CodesDeps,
  caller: Caller,
  { params }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  return toPrint(await readOrder(deps, caller, params.id));
}

export function readPrintPdf(
  deps: CodesDeps,
  caller: Caller,
  { params }: RouteRequest<typeof pdfRoute>,
): Promise<RouteAnswer<typeof pdfRoute>> {
  return readFile(deps, caller, params.id, 'pdf');
}

export function readPrintSvg(
  deps: CodesDeps,
  caller: Caller,
  { params }: RouteRequest<typeof svgRoute>,
): Promise<RouteAnswer<typeof svgRoute>> {
  return readFile(deps, caller, params.id, 'svg');
}

/** A ready print, part by part as it is taken. */
async function readFile(
  deps: CodesDeps,
  caller: Caller,
  id: string,
  format: Print['format'],
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const order = await readOrder(deps, caller, id);
  if (order.state !== 'ready' || order.format !== format) {
    throw new Problem(commonProblems.conflict);
  }
  let part = 0;
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const bytes = await findPart(deps.store.db, order, part);
      part += 1;
      if (bytes === null) controller.close();
      else controller.enqueue(Uint8Array.from(bytes));
    },
  });
}

export async function readCalibrationPage(
  _deps: CodesDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof calibrationRoute>,
): Promise<RouteResult<typeof calibrationRoute>> {
  requirePermission('codes.print', principal);
  const offset = { xMm: query.offsetXMm, yMm: query.offsetYMm };
  const parts: Uint8Array[] = [];
  for await (const part of renderPdf([drawCalibrationPage(offset)], '打印校准页')) parts.push(part);
  return Uint8Array.from(Buffer.concat(parts));
}
