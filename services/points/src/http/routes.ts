import * as routes from '@ddp/contracts/points/routes';
import {
  listSettings as listSettingsRoute,
  readSettings as readSettingsRoute,
  setSettings as setSettingsRoute,
} from '@ddp/contracts/points/settings-routes';
import { bindRoute } from '@ddp/service-kit/bind-route';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { PointsDeps } from '../deps.ts';
import { assistJoining } from '../operations/assist-joining.ts';
import { postHold, voidHold } from '../operations/end-hold.ts';
import { joinProgramme } from '../operations/join-programme.ts';
import {
  closeAccount,
  createAccounts,
  listAccounts,
  readAccount,
} from '../operations/keep-accounts.ts';
import { leaveProgramme } from '../operations/leave-programme.ts';
import { placeHold } from '../operations/place-hold.ts';
import { placeHolds } from '../operations/place-holds.ts';
import { postTransfers } from '../operations/post-transfers.ts';
import { readMyBalance } from '../operations/read-balance.ts';
import { readHold } from '../operations/read-hold.ts';
import { readLedgerHead } from '../operations/read-ledger-head.ts';
import { readPublicLedger } from '../operations/read-public-ledger.ts';
import { listSettings, readSettings } from '../operations/read-settings.ts';
import { readMyStatement, readStatement } from '../operations/read-statement.ts';
import {
  listAccountTransfers,
  listTransfers,
  readAccountBalance,
  readTransfer,
} from '../operations/read-transfers.ts';
import { setSettings } from '../operations/set-settings.ts';
import { bindAwardRoutes } from './award-routes.ts';
import { bindRuleRoutes } from './rule-routes.ts';

/** Which operation answers which route. */
export function bindRoutes(app: ServiceApp, deps: PointsDeps): void {
  bindRoute(app, routes.assistJoining, (caller, request) => assistJoining(deps, caller, request));
  bindRoute(app, routes.joinProgramme, (caller, request) => joinProgramme(deps, caller, request));
  bindRoute(app, routes.leaveProgramme, (caller, request) => leaveProgramme(deps, caller, request));
  bindRoute(app, routes.readMyBalance, (caller) => readMyBalance(deps, caller));
  bindRoute(app, routes.readMyStatement, (caller, request) =>
    readMyStatement(deps, caller, request),
  );
  bindRoute(app, routes.readStatement, (caller, request) => readStatement(deps, caller, request));
  bindAwardRoutes(app, deps);
  bindRuleRoutes(app, deps);
  bindRoute(app, readSettingsRoute, (caller) => readSettings(deps, caller));
  bindRoute(app, listSettingsRoute, (caller, request) => listSettings(deps, caller, request));
  bindRoute(app, setSettingsRoute, (caller, request) => setSettings(deps, caller, request));
  bindRoute(app, routes.createAccounts, (caller, request) => createAccounts(deps, caller, request));
  bindRoute(app, routes.readAccount, (caller, request) => readAccount(deps, caller, request));
  bindRoute(app, routes.listAccounts, (caller, request) => listAccounts(deps, caller, request));
  bindRoute(app, routes.closeAccount, (caller, request) => closeAccount(deps, caller, request));
  bindRoute(app, routes.listAccountTransfers, (caller, request) =>
    listAccountTransfers(deps, caller, request),
  );
  bindRoute(app, routes.readAccountBalance, (caller, request) =>
    readAccountBalance(deps, caller, request),
  );
  bindRoute(app, routes.readTransfer, (caller, request) => readTransfer(deps, caller, request));
  bindRoute(app, routes.listTransfers, (caller, request) => listTransfers(deps, caller, request));
  bindRoute(app, routes.postTransfers, (caller, request) => postTransfers(deps, caller, request));
  bindRoute(app, routes.readLedgerHead, (caller) => readLedgerHead(deps, caller));
  bindRoute(app, routes.readPublicLedger, (_caller, request) => readPublicLedger(deps, request));
  bindRoute(app, routes.placeHold, (caller, request) => placeHold(deps, caller, request));
  bindRoute(app, routes.placeHolds, (caller, request) => placeHolds(deps, caller, request));
  bindRoute(app, routes.readHold, (caller, request) => readHold(deps, caller, request));
  bindRoute(app, routes.postHold, (caller, request) => postHold(deps, caller, request));
  bindRoute(app, routes.voidHold, (caller, request) => voidHold(deps, caller, request));
}
