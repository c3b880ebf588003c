import * as batches from '@ddp/contracts/codes/batch-routes';
import * as prints from '@ddp/contracts/codes/print-routes';
import { bindRoute } from '@ddp/service-kit/bind-route';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { CodesDeps } from '../deps.ts';
import { issueAreaBatch } from '../operations/issue-area-batch.ts';
import { issueSheetBatch } from '../operations/issue-sheet-batch.ts';
import { listBatches, readBatch, readBatchTable } from '../operations/read-batch.ts';
import {
  readCalibrationPage,
  readPrint,
  readPrintPdf,
  readPrintSvg,
} from '../operations/read-print.ts';
import { requestPrint } from '../operations/request-print.ts';

/** Issuing many codes, and printing them. */
export function bindPrintRoutes(app: ServiceApp, deps: CodesDeps): void {
  bindRoute(app, batches.issueAreaBatch, (caller, request) =>
    issueAreaBatch(deps, caller, request),
  );
  bindRoute(app, batches.issueSheetBatch, (caller, request) =>
    issueSheetBatch(deps, caller, request),
  );
  bindRoute(app, batches.listBatches, (caller, request) => listBatches(deps, caller, request));
  bindRoute(app, batches.readBatch, (caller, request) => readBatch(deps, caller, request));
  bindRoute(app, batches.readBatchTable, (caller, request) =>
    readBatchTable(deps, caller, request),
  );
  bindRoute(app, prints.requestPrint, (caller, request) => requestPrint(deps, caller, request));
  bindRoute(app, prints.readPrint, (caller, request) => readPrint(deps, caller, request));
  bindRoute(app, prints.readPrintPdf, (caller, request) => readPrintPdf(deps, caller, request));
  bindRoute(app, prints.readPrintSvg, (caller, request) => readPrintSvg(deps, caller, request));
  bindRoute(app, prints.readCalibrationPage, (caller, request) =>
    readCalibrationPage(deps, caller, request),
  );
}
