import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { VolunteeringDeps } from '../deps.ts';
import { bindActivityRoutes } from './activity-routes.ts';
import { bindAttendanceRoutes } from './attendance-routes.ts';
import { bindHourRoutes } from './hour-routes.ts';
import { bindMenuRoutes } from './menu-routes.ts';
import { bindProjectRoutes } from './project-routes.ts';
import { bindRecognitionRoutes } from './recognition-routes.ts';
import { bindSignUpRoutes } from './sign-up-routes.ts';
import { bindStatisticRoutes } from './statistic-routes.ts';
import { bindTeamRoutes } from './team-routes.ts';

/** Which operation answers which route. */
export function bindRoutes(app: ServiceApp, deps: VolunteeringDeps): void {
  bindTeamRoutes(app, deps);
  bindActivityRoutes(app, deps);
  bindSignUpRoutes(app, deps);
  bindAttendanceRoutes(app, deps);
  bindHourRoutes(app, deps);
  bindMenuRoutes(app, deps);
  bindRecognitionRoutes(app, deps);
  bindStatisticRoutes(app, deps);
  bindProjectRoutes(app, deps);
}
