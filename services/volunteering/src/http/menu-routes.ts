import * as routes from '@ddp/contracts/volunteering/menu-routes';
import * as orderRoutes from '@ddp/contracts/volunteering/order-routes';
import { bindRoute } from '@ddp/service-kit/bind-route';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { VolunteeringDeps } from '../deps.ts';
import * as disputes from '../operations/dispute-order.ts';
import * as ends from '../operations/end-order.ts';
import * as menu from '../operations/keep-menu.ts';
import * as lists from '../operations/list-orders.ts';
import * as placing from '../operations/place-order.ts';
import { readOrderRight } from '../operations/read-order-right.ts';
import * as codes from '../operations/renew-arrival-code.ts';
import * as serving from '../operations/serve-order.ts';
import * as taking from '../operations/take-order.ts';

/** The menu of services and what is ordered from it: which operation answers which route. */
export function bindMenuRoutes(app: ServiceApp, deps: VolunteeringDeps): void {
  bindRoute(app, routes.proposeMenuItem, (caller, request) =>
    menu.proposeMenuItem(deps, caller, request),
  );
  bindRoute(app, routes.listMenu, (caller, request) => menu.listMenu(deps, caller, request));
  bindRoute(app, routes.listTeamMenu, (caller, request) =>
    menu.listTeamMenu(deps, caller, request),
  );
  bindRoute(app, routes.decideMenuItem, (caller, request) =>
    menu.decideMenuItem(deps, caller, request),
  );
  bindRoute(app, routes.setMenuState, (caller, request) =>
    menu.setMenuState(deps, caller, request),
  );
  bindOrderRoutes(app, deps);
}

function bindOrderRoutes(app: ServiceApp, deps: VolunteeringDeps): void {
  bindRoute(app, orderRoutes.placeOrder, (caller, request) =>
    placing.placeOrder(deps, caller, request),
  );
  bindRoute(app, orderRoutes.assistOrder, (caller, request) =>
    placing.assistOrder(deps, caller, request),
  );
  bindRoute(app, orderRoutes.listMyOrders, (caller, request) =>
    lists.listMyOrders(deps, caller, request),
  );
  bindRoute(app, orderRoutes.listOpenOrders, (caller, request) =>
    lists.listOpenOrders(deps, caller, request),
  );
  bindRoute(app, orderRoutes.listMyServices, (caller, request) =>
    lists.listMyServices(deps, caller, request),
  );
  bindRoute(app, orderRoutes.listOrders, (caller, request) =>
    lists.listOrders(deps, caller, request),
  );
  bindRoute(app, orderRoutes.cancelOrder, (caller, request) =>
    ends.cancelOrder(deps, caller, request),
  );
  bindRoute(app, orderRoutes.cancelAssistedOrder, (caller, request) =>
    ends.cancelAssistedOrder(deps, caller, request),
  );
  bindRoute(app, orderRoutes.confirmOrder, (caller, request) =>
    ends.confirmOrder(deps, caller, request),
  );
  bindRoute(app, orderRoutes.confirmAssistedOrder, (caller, request) =>
    ends.confirmAssistedOrder(deps, caller, request),
  );
  bindStepRoutes(app, deps);
}

function bindStepRoutes(app: ServiceApp, deps: VolunteeringDeps): void {
  bindRoute(app, orderRoutes.takeOrder, (caller, request) =>
    taking.takeOrder(deps, caller, request),
  );
  bindRoute(app, orderRoutes.giveOrderBack, (caller, request) =>
    taking.giveOrderBack(deps, caller, request),
  );
  bindRoute(app, orderRoutes.arriveAtOrder, (caller, request) =>
    serving.arriveAtOrder(deps, caller, request),
  );
  bindRoute(app, orderRoutes.finishOrder, (caller, request) =>
    serving.finishOrder(deps, caller, request),
  );
  bindRoute(app, orderRoutes.renewArrivalCode, (caller, request) =>
    codes.renewArrivalCode(deps, caller, request),
  );
  bindRoute(app, orderRoutes.renewAssistedCode, (caller, request) =>
    codes.renewAssistedCode(deps, caller, request),
  );
  bindRoute(app, orderRoutes.objectToOrder, (caller, request) =>
    disputes.objectToOrder(deps, caller, request),
  );
  bindRoute(app, orderRoutes.decideOrder, (caller, request) =>
    disputes.decideOrder(deps, caller, request),
  );
  bindRoute(app, orderRoutes.readOrderRight, (caller, request) =>
    readOrderRight(deps, caller, request),
  );
}
