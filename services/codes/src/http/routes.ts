import * as own from '@ddp/contracts/codes/own-code-routes';
import * as reports from '@ddp/contracts/codes/report-routes';
import { resolveScans as resolveScansRoute } from '@ddp/contracts/codes/resolution-routes';
import * as routes from '@ddp/contracts/codes/routes';
import { bindRoute } from '@ddp/service-kit/bind-route';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { CodesDeps } from '../deps.ts';
import { checkSuspicion } from '../operations/check-suspicion.ts';
import { closeCode } from '../operations/close-code.ts';
import { listScanTotals, readScanCounts } from '../operations/count-scans.ts';
import { issueCode } from '../operations/issue-code.ts';
import { listSuspicions } from '../operations/list-suspicions.ts';
import { listCodes, readCode, readCodePng, readCodeSvg } from '../operations/read-code.ts';
import { listOwnCodes, readOwnCodeSvg } from '../operations/read-own-code.ts';
import { readScan, resolveScan } from '../operations/read-scan.ts';
import { reportCode } from '../operations/report-code.ts';
import { resolveScans } from '../operations/resolve-scans.ts';
import { rotateCode } from '../operations/rotate-code.ts';

/** Which operation answers which route. */
export function bindRoutes(app: ServiceApp, deps: CodesDeps): void {
  bindRoute(app, routes.issueCode, (caller, request) => issueCode(deps, caller, request));
  bindRoute(app, routes.listCodes, (caller, request) => listCodes(deps, caller, request));
  bindRoute(app, routes.readCode, (caller, request) => readCode(deps, caller, request));
  bindRoute(app, routes.readCodeSvg, (caller, request) => readCodeSvg(deps, caller, request));
  bindRoute(app, routes.readCodePng, (caller, request) => readCodePng(deps, caller, request));
  bindRoute(app, routes.rotateCode, (caller, request) => rotateCode(deps, caller, request));
  bindRoute(app, routes.closeCode, (caller, request) => closeCode(deps, caller, request));
  bindRoute(app, routes.readScan, (caller, request) => readScan(deps, caller, request));
  bindRoute(app, routes.resolveScan, (caller, request) => resolveScan(deps, caller, request));
  bindRoute(app, resolveScansRoute, (caller, request) => resolveScans(deps, caller, request));
  bindRoute(app, routes.reportCode, (caller, request) => reportCode(deps, caller, request));
  bindRoute(app, own.listOwnCodes, (caller, request) => listOwnCodes(deps, caller, request));
  bindRoute(app, own.readOwnCodeSvg, (caller, request) => readOwnCodeSvg(deps, caller, request));
  bindRoute(app, reports.listSuspicions, (caller, request) =>
    listSuspicions(deps, caller, request),
  );
  bindRoute(app, reports.checkSuspicion, (caller, request) =>
    checkSuspicion(deps, caller, request),
  );
  bindRoute(app, reports.readScanCounts, (caller, request) =>
    readScanCounts(deps, caller, request),
  );
  bindRoute(app, reports.listScanTotals, (caller, request) =>
    listScanTotals(deps, caller, request),
  );
}
