import * as codesBatches from './codes/batch-routes.ts';
import * as codesPlaces from './codes/place-code-routes.ts';
import * as codesPrints from './codes/print-routes.ts';
import * as codesReports from './codes/report-routes.ts';
import * as codesCards from './codes/resident-card-routes.ts';
import * as codes from './codes/routes.ts';
import * as directory from './directory/routes.ts';
import * as identity from './identity/routes.ts';
import * as notices from './notices/routes.ts';
import { operationsRoutes } from './operations.ts';
import * as pointsAwards from './points/award-routes.ts';
import * as pointsReversals from './points/reversal-routes.ts';
import * as points from './points/routes.ts';
import * as pointsRules from './points/rule-routes.ts';
import * as pointsSettings from './points/settings-routes.ts';
import * as pointsSolvency from './points/solvency-routes.ts';
import * as ratings from './ratings/routes.ts';
import * as rewards from './rewards/routes.ts';
import type { RouteDefinition } from './route.ts';
import { serviceNames } from './service-name.ts';

/** Every route of every service: what the gateway passes, the document lists and the tests walk. */
export const allRoutes: readonly RouteDefinition[] = [
  identity,
  directory,
  codes,
  codesBatches,
  codesPrints,
  codesReports,
  codesCards,
  codesPlaces,
  ratings,
  points,
  pointsAwards,
  pointsReversals,
  pointsRules,
  pointsSettings,
  pointsSolvency,
  rewards,
  notices,
  ...serviceNames.map(operationsRoutes),
].flatMap((routes) => Object.values<RouteDefinition>(routes));
