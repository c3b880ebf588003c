import * as codes from './codes/routes.ts';
import * as directory from './directory/routes.ts';
import * as identity from './identity/routes.ts';
import * as notices from './notices/routes.ts';
import * as points from './points/routes.ts';
import * as ratings from './ratings/routes.ts';
import * as rewards from './rewards/routes.ts';
import type { RouteDefinition } from './route.ts';

/** Every route of every service: what the gateway passes, the document lists and the tests walk. */
export const allRoutes: readonly RouteDefinition[] = [
  identity,
  directory,
  codes,
  ratings,
  points,
  rewards,
  notices,
].flatMap((routes) => Object.values<RouteDefinition>(routes));
