import * as routes from '@ddp/contracts/volunteering/statistic-routes';
import * as tables from '@ddp/contracts/volunteering/table-routes';
import { bindRoute } from '@ddp/service-kit/bind-route';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { VolunteeringDeps } from '../deps.ts';
import * as lists from '../operations/export-lists.ts';
import { exportStatistic } from '../operations/export-statistic.ts';
import * as rosters from '../operations/import-roster.ts';
import { readStatistic } from '../operations/read-statistic.ts';

/** What is counted of areas, and what is taken out and brought in as tables: which operation answers which route. */
export function bindStatisticRoutes(app: ServiceApp, deps: VolunteeringDeps): void {
  bindRoute(app, routes.readStatistic, (caller, request) => readStatistic(deps, caller, request));
  bindRoute(app, routes.exportStatistic, (caller, request) =>
    exportStatistic(deps, caller, request),
  );
  bindRoute(app, tables.readMemberTemplate, (caller) => rosters.readMemberTemplate(deps, caller));
  bindRoute(app, tables.readSignUpTemplate, (caller) => rosters.readSignUpTemplate(deps, caller));
  bindRoute(app, tables.importMembers, (caller, request) =>
    rosters.importMembers(deps, caller, request),
  );
  bindRoute(app, tables.importSignUps, (caller, request) =>
    rosters.importSignUps(deps, caller, request),
  );
  bindRoute(app, tables.exportMembers, (caller, request) =>
    lists.exportMembers(deps, caller, request),
  );
  bindRoute(app, tables.exportRoster, (caller, request) =>
    lists.exportRoster(deps, caller, request),
  );
  bindRoute(app, tables.exportHours, (caller, request) => lists.exportHours(deps, caller, request));
  bindRoute(app, tables.exportActivities, (caller, request) =>
    lists.exportActivities(deps, caller, request),
  );
}
