import { allRoutes } from '@ddp/contracts/all-routes';
import type { RouteDefinition } from '@ddp/contracts/route';

const segmentPattern = '[^/]+';

function toPattern(path: string): RegExp {
  const escaped = path.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\{\w+\}/g, segmentPattern)}$`);
}

const table = allRoutes
  .filter((route) => route.permission !== 'service')
  .map((route) => ({ route, pattern: toPattern(route.path) }));

/** Routes that people may reach, by service; what is for services only is not among them. */
export const publicRoutes: readonly RouteDefinition[] = table.map((entry) => entry.route);

/** The declared route a request is for, or null: what is not declared does not pass. */
export function findRoute(service: string, method: string, path: string): RouteDefinition | null {
  const wanted = method === 'HEAD' ? 'GET' : method;
  const found = table.find(
    ({ route, pattern }) =>
      route.service === service && route.method === wanted && pattern.test(path),
  );
  return found?.route ?? null;
}
