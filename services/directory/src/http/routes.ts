import * as routes from '@ddp/contracts/directory/routes';
import { bindRoute } from '@ddp/service-kit/bind-route';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { DirectoryDeps } from '../deps.ts';
import { createPost } from '../operations/create-post.ts';
import { createSubject } from '../operations/create-subject.ts';
import { createUnit } from '../operations/create-unit.ts';
import { endPost, readPost } from '../operations/end-post.ts';
import { importAreas } from '../operations/import-areas.ts';
import { listUnits } from '../operations/list-units.ts';
import { listAreas, readArea } from '../operations/read-area.ts';
import { listProgrammes, readProgramme } from '../operations/read-programme.ts';
import { listSubjects, readSubject } from '../operations/read-subject.ts';
import { startProgramme } from '../operations/start-programme.ts';

/** Which operation answers which route. */
export function bindRoutes(app: ServiceApp, deps: DirectoryDeps): void {
  bindRoute(app, routes.importAreas, (caller, request) => importAreas(deps, caller, request));
  bindRoute(app, routes.listAreas, (caller, request) => listAreas(deps, caller, request));
  bindRoute(app, routes.readArea, (caller, request) => readArea(deps, caller, request));
  bindRoute(app, routes.startProgramme, (caller, request) => startProgramme(deps, caller, request));
  bindRoute(app, routes.readProgramme, (caller, request) => readProgramme(deps, caller, request));
  bindRoute(app, routes.listProgrammes, (caller, request) => listProgrammes(deps, caller, request));
  bindRoute(app, routes.createUnit, (caller, request) => createUnit(deps, caller, request));
  bindRoute(app, routes.listUnits, (caller, request) => listUnits(deps, caller, request));
  bindRoute(app, routes.createSubject, (caller, request) => createSubject(deps, caller, request));
  bindRoute(app, routes.listSubjects, (caller, request) => listSubjects(deps, caller, request));
  bindRoute(app, routes.readSubject, (caller, request) => readSubject(deps, caller, request));
  bindRoute(app, routes.createPost, (caller, request) => createPost(deps, caller, request));
  bindRoute(app, routes.endPost, (caller, request) => endPost(deps, caller, request));
  bindRoute(app, routes.readPost, (caller, request) => readPost(deps, caller, request));
}
