import * as routes from '@ddp/contracts/volunteering/project-routes';
import { bindRoute } from '@ddp/service-kit/bind-route';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { VolunteeringDeps } from '../deps.ts';
import * as projects from '../operations/keep-projects.ts';
import * as lists from '../operations/list-projects.ts';

/** Projects and what belongs to them: which operation answers which route. */
export function bindProjectRoutes(app: ServiceApp, deps: VolunteeringDeps): void {
  bindRoute(app, routes.listPublicProjects, (caller, request) =>
    lists.listPublicProjects(deps, caller, request),
  );
  bindRoute(app, routes.listAreaProjects, (caller, request) =>
    lists.listAreaProjects(deps, caller, request),
  );
  bindRoute(app, routes.listTeamProjects, (caller, request) =>
    lists.listTeamProjects(deps, caller, request),
  );
  bindRoute(app, routes.createTeamProject, (caller, request) =>
    projects.createTeamProject(deps, caller, request),
  );
  bindRoute(app, routes.createAreaProject, (caller, request) =>
    projects.createAreaProject(deps, caller, request),
  );
  bindRoute(app, routes.changeProject, (caller, request) =>
    projects.changeProject(deps, caller, request),
  );
  bindRoute(app, routes.approveProject, (caller, request) =>
    projects.approveProject(deps, caller, request),
  );
  bindRoute(app, routes.startProject, (caller, request) =>
    projects.startProject(deps, caller, request),
  );
  bindRoute(app, routes.closeProject, (caller, request) =>
    projects.closeProject(deps, caller, request),
  );
  bindRoute(app, routes.setProjectOfActivity, (caller, request) =>
    projects.setProjectOfActivity(deps, caller, request),
  );
}
