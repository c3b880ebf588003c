import type {
  readAreaReportPaper as paperRoute,
  readAreaReportWorkbook as workbookRoute,
} from '@ddp/contracts/ratings/area-report-routes';
import type { AreaReport } from '@ddp/contracts/ratings/area-report-schemas';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { renderPdf } from '@ddp/paper/drawing/render-pdf';
import { layOutAreaReport } from '@ddp/paper/reports/area-report';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RatingsDeps } from '../deps.ts';
import { toWorkbook } from '../papers/area-report-workbook.ts';
import { outcomeNames, shareOf } from '../papers/report-words.ts';
import { readAreaReport } from './read-area-report.ts';
import { readToday } from './read-scores.ts';

/** The report of a month as a workbook: figures, months, parts and outcomes on a sheet each. */
export async function readAreaReportWorkbook(
  deps: RatingsDeps,
  caller: Caller,
  request: RouteRequest<typeof workbookRoute>,
): Promise<RouteResult<typeof workbookRoute>> {
  return toWorkbook(await readAreaReport(deps, caller, request));
}

/** The report of a month on paper. */
export async function readAreaReportPaper(
  deps: RatingsDeps,
  caller: Caller,
  request: RouteRequest<typeof paperRoute>,
): Promise<RouteResult<typeof paperRoute>> {
  const report = await readAreaReport(deps, caller, request);
  const pages = layOutAreaReport({
    ...report,
    followUps: followUpLines(report),
    madeOn: await readToday(deps),
  });
  const pieces: Uint8Array[] = [];
  for await (const piece of renderPdf(pages, `${report.areaName}居民评价月报`)) pieces.push(piece);
  return new Uint8Array(Buffer.concat(pieces));
}

function followUpLines({ followUps }: AreaReport): { name: string; value: string }[] {
  const { opened, closed, closedOnTime, overdue, openAtEnd, outcomes } = followUps;
  const most = outcomes.toSorted((a, b) => b.count - a.count)[0];
  return [
    { name: '新开', value: String(opened) },
    { name: '办结', value: String(closed) },
    { name: '按期办结', value: `${closedOnTime}${shareOf(closedOnTime, closed)}` },
    { name: '当月逾期', value: String(overdue) },
    { name: '月末未结', value: String(openAtEnd) },
    ...(most && most.count > 0
      ? [{ name: `办结最多：${outcomeNames[most.outcome]}`, value: String(most.count) }]
      : []),
  ];
}
