import * as routes from '@ddp/contracts/rewards/draw-routes';
import { bindRoute } from '@ddp/service-kit/bind-route';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { RewardsDeps } from '../deps.ts';
import {
  assistDrawEntry,
  listAssistedEntries,
  withdrawAssistedEntry,
} from '../operations/assist-draw-entry.ts';
import { cancelDraw } from '../operations/cancel-draw.ts';
import { enterDraw, listMyDrawEntries, withdrawDrawEntry } from '../operations/enter-draw.ts';
import { openDraw } from '../operations/open-draw.ts';
import { listDrawNumbers, listDraws, readDraw, readDrawRecord } from '../operations/read-draw.ts';

/** Draws: which operation answers which route. */
export function bindDrawRoutes(app: ServiceApp, deps: RewardsDeps): void {
  bindRoute(app, routes.openDraw, (caller, request) => openDraw(deps, caller, request));
  bindRoute(app, routes.listDraws, (caller, request) => listDraws(deps, caller, request));
  bindRoute(app, routes.readDraw, (_caller, request) => readDraw(deps, request));
  bindRoute(app, routes.listDrawNumbers, (_caller, request) => listDrawNumbers(deps, request));
  bindRoute(app, routes.readDrawRecord, (_caller, request) => readDrawRecord(deps, request));
  bindRoute(app, routes.cancelDraw, (caller, request) => cancelDraw(deps, caller, request));
  bindRoute(app, routes.enterDraw, (caller, request) => enterDraw(deps, caller, request));
  bindRoute(app, routes.listMyDrawEntries, (caller, request) =>
    listMyDrawEntries(deps, caller, request),
  );
  bindRoute(app, routes.withdrawDrawEntry, (caller, request) =>
    withdrawDrawEntry(deps, caller, request),
  );
  bindRoute(app, routes.assistDrawEntry, (caller, request) =>
    assistDrawEntry(deps, caller, request),
  );
  bindRoute(app, routes.listAssistedEntries, (caller, request) =>
    listAssistedEntries(deps, caller, request),
  );
  bindRoute(app, routes.withdrawAssistedEntry, (caller, request) =>
    withdrawAssistedEntry(deps, caller, request),
  );
}
