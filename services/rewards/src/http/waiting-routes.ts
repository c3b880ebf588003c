import * as routes from '@ddp/contracts/rewards/waiting-routes';
import { bindRoute } from '@ddp/service-kit/bind-route';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { RewardsDeps } from '../deps.ts';
import { acceptWaitingOffer, leaveWaitingList } from '../operations/answer-waiting-offer.ts';
import {
  acceptAssistedOffer,
  assistWaiting,
  leaveAssistedWaiting,
  listAssistedWaiting,
} from '../operations/assist-waiting.ts';
import { joinWaitingList, listMyWaitingPlaces } from '../operations/join-waiting-list.ts';
import { listWaitingPlaces } from '../operations/list-waiting-line.ts';

/** Waiting lists: which operation answers which route. */
export function bindWaitingRoutes(app: ServiceApp, deps: RewardsDeps): void {
  bindRoute(app, routes.joinWaitingList, (caller, request) =>
    joinWaitingList(deps, caller, request),
  );
  bindRoute(app, routes.listMyWaitingPlaces, (caller, request) =>
    listMyWaitingPlaces(deps, caller, request),
  );
  bindRoute(app, routes.acceptWaitingOffer, (caller, request) =>
    acceptWaitingOffer(deps, caller, request),
  );
  bindRoute(app, routes.leaveWaitingList, (caller, request) =>
    leaveWaitingList(deps, caller, request),
  );
  bindRoute(app, routes.listWaitingPlaces, (caller, request) =>
    listWaitingPlaces(deps, caller, request),
  );
  bindRoute(app, routes.assistWaiting, (caller, request) => assistWaiting(deps, caller, request));
  bindRoute(app, routes.listAssistedWaiting, (caller, request) =>
    listAssistedWaiting(deps, caller, request),
  );
  bindRoute(app, routes.acceptAssistedOffer, (caller, request) =>
    acceptAssistedOffer(deps, caller, request),
  );
  bindRoute(app, routes.leaveAssistedWaiting, (caller, request) =>
    leaveAssistedWaiting(deps, caller, request),
  );
}
