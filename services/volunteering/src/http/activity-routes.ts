import * as routes from '@ddp/contracts/volunteering/activity-routes';
import { bindRoute } from '@ddp/service-kit/bind-route';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { VolunteeringDeps } from '../deps.ts';
import * as shifts from '../operations/cancel-shift.ts';
import * as drafts from '../operations/draft-activity.ts';
import * as lists from '../operations/list-activities.ts';
import * as moves from '../operations/move-activity.ts';

/** Activities and their shifts: which operation answers which route. */
export function bindActivityRoutes(app: ServiceApp, deps: VolunteeringDeps): void {
  bindRoute(app, routes.createActivity, (caller, request) =>
    drafts.createActivity(deps, caller, request),
  );
  bindRoute(app, routes.changeActivity, (caller, request) =>
    drafts.changeActivity(deps, caller, request),
  );
  bindRoute(app, routes.addShift, (caller, request) => drafts.addShift(deps, caller, request));
  bindRoute(app, routes.submitActivity, (caller, request) =>
    moves.submitActivity(deps, caller, request),
  );
  bindRoute(app, routes.approveActivity, (caller, request) =>
    moves.approveActivity(deps, caller, request),
  );
  bindRoute(app, routes.returnActivity, (caller, request) =>
    moves.returnActivity(deps, caller, request),
  );
  bindRoute(app, routes.publishActivity, (caller, request) =>
    moves.publishActivity(deps, caller, request),
  );
  bindRoute(app, routes.cancelActivity, (caller, request) =>
    moves.cancelActivity(deps, caller, request),
  );
  bindRoute(app, routes.closeActivity, (caller, request) =>
    moves.closeActivity(deps, caller, request),
  );
  bindRoute(app, routes.readActivity, (caller, request) =>
    lists.readActivity(deps, caller, request),
  );
  bindRoute(app, routes.listActivities, (caller, request) =>
    lists.listActivities(deps, caller, request),
  );
  bindRoute(app, routes.listTeamActivities, (caller, request) =>
    lists.listTeamActivities(deps, caller, request),
  );
  bindRoute(app, routes.listOpenShifts, (caller, request) =>
    lists.listOpenShifts(deps, caller, request),
  );
  bindRoute(app, routes.cancelShift, (caller, request) =>
    shifts.cancelShift(deps, caller, request),
  );
  bindRoute(app, routes.setPlaceCode, (caller, request) =>
    shifts.setPlaceCode(deps, caller, request),
  );
}
