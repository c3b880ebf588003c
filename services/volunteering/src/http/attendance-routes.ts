import * as routes from '@ddp/contracts/volunteering/attendance-routes';
import { bindRoute } from '@ddp/service-kit/bind-route';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { VolunteeringDeps } from '../deps.ts';
import * as scans from '../operations/check-in.ts';
import * as confirmations from '../operations/confirm-attendances.ts';
import * as lists from '../operations/list-attendances.ts';
import * as leavings from '../operations/say-leaving.ts';
import * as batches from '../operations/send-scans.ts';

/** Checking in and out, and what is confirmed of it: which operation answers which route. */
export function bindAttendanceRoutes(app: ServiceApp, deps: VolunteeringDeps): void {
  bindRoute(app, routes.checkIn, (caller, request) => scans.checkIn(deps, caller, request));
  bindRoute(app, routes.scanVolunteer, (caller, request) =>
    scans.scanVolunteer(deps, caller, request),
  );
  bindRoute(app, routes.scanCard, (caller, request) => scans.scanCard(deps, caller, request));
  bindRoute(app, routes.sendScans, (caller, request) => batches.sendScans(deps, caller, request));
  bindRoute(app, routes.listAttendances, (caller, request) =>
    lists.listAttendances(deps, caller, request),
  );
  bindRoute(app, routes.listMyAttendances, (caller, request) =>
    lists.listMyAttendances(deps, caller, request),
  );
  bindRoute(app, routes.sayLeaving, (caller, request) =>
    leavings.sayLeaving(deps, caller, request),
  );
  bindRoute(app, routes.confirmAttendances, (caller, request) =>
    confirmations.confirmAttendances(deps, caller, request),
  );
  bindRoute(app, routes.refuseAttendance, (caller, request) =>
    confirmations.refuseAttendance(deps, caller, request),
  );
  bindRoute(app, routes.confirmAsBeneficiary, (caller, request) =>
    confirmations.confirmAsBeneficiary(deps, caller, request),
  );
}
