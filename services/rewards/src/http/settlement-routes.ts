import * as routes from '@ddp/contracts/rewards/settlement-routes';
import { bindRoute } from '@ddp/service-kit/bind-route';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { RewardsDeps } from '../deps.ts';
import { answerDispute, decideDispute } from '../operations/answer-dispute.ts';
import { confirmStatement, payStatement } from '../operations/confirm-statement.ts';
import { exportSettlement } from '../operations/export-settlement.ts';
import {
  listStatementLines,
  listStatements,
  readStatement,
} from '../operations/list-statements.ts';
import { readStatementPaper, readStatementWorkbook } from '../operations/print-statement.ts';
import { listDisputes, raiseDispute } from '../operations/raise-dispute.ts';
import { listSettlementRuns, startSettlement } from '../operations/start-settlement.ts';

/** The settlement of merchants: which operation answers which route. */
export function bindSettlementRoutes(app: ServiceApp, deps: RewardsDeps): void {
  bindRoute(app, routes.startSettlement, (caller, request) =>
    startSettlement(deps, caller, request),
  );
  bindRoute(app, routes.listSettlementRuns, (caller, request) =>
    listSettlementRuns(deps, caller, request),
  );
  bindRoute(app, routes.listStatements, (caller, request) => listStatements(deps, caller, request));
  bindRoute(app, routes.readStatement, (caller, request) => readStatement(deps, caller, request));
  bindRoute(app, routes.listStatementLines, (caller, request) =>
    listStatementLines(deps, caller, request),
  );
  bindRoute(app, routes.readStatementWorkbook, (caller, request) =>
    readStatementWorkbook(deps, caller, request),
  );
  bindRoute(app, routes.readStatementPaper, (caller, request) =>
    readStatementPaper(deps, caller, request),
  );
  bindRoute(app, routes.confirmStatement, (caller, request) =>
    confirmStatement(deps, caller, request),
  );
  bindRoute(app, routes.payStatement, (caller, request) => payStatement(deps, caller, request));
  bindRoute(app, routes.raiseDispute, (caller, request) => raiseDispute(deps, caller, request));
  bindRoute(app, routes.listDisputes, (caller, request) => listDisputes(deps, caller, request));
  bindRoute(app, routes.answerDispute, (caller, request) => answerDispute(deps, caller, request));
  bindRoute(app, routes.decideDispute, (caller, request) => decideDispute(deps, caller, request));
  bindRoute(app, routes.exportSettlement, (caller, request) =>
    exportSettlement(deps, caller, request),
  );
}
