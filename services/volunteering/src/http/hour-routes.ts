import * as routes from '@ddp/contracts/volunteering/hour-routes';
import { bindRoute } from '@ddp/service-kit/bind-route';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { VolunteeringDeps } from '../deps.ts';
import * as hours from '../operations/keep-hours.ts';
import * as reviews from '../operations/keep-reviews.ts';
import * as lists from '../operations/list-hours.ts';

/** Hours and what is asked about them: which operation answers which route. */
export function bindHourRoutes(app: ServiceApp, deps: VolunteeringDeps): void {
  bindRoute(app, routes.listMyHours, (caller, request) => lists.listMyHours(deps, caller, request));
  bindRoute(app, routes.listHours, (caller, request) => lists.listHours(deps, caller, request));
  bindRoute(app, routes.readHours, (caller, request) => lists.readHours(deps, caller, request));
  bindRoute(app, routes.recordHours, (caller, request) => hours.recordHours(deps, caller, request));
  bindRoute(app, routes.correctHours, (caller, request) =>
    hours.correctHours(deps, caller, request),
  );
  bindRoute(app, routes.listReviews, (caller, request) =>
    reviews.listReviews(deps, caller, request),
  );
  bindRoute(app, routes.noteReview, (caller, request) => reviews.noteReview(deps, caller, request));
}
