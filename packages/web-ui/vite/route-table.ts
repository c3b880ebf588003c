import { pathToFileURL } from 'node:url';
import type { RouteDefinition } from '@ddp/contracts/route';
import type { Plugin } from 'vite';

const source = /\/packages\/contracts\/src\/(.+routes)\.ts$/;

/** What a browser needs of a route. Its answers come from our own origin and are taken as they are. */
function writeRoute(exported: string, route: RouteDefinition): string {
  const { service, name, method, path, permission, status, mediaType, isKeyless } = route;
  const sent = { service, name, method, path, permission, status, mediaType, isKeyless };
  const plain = JSON.stringify(sent);
  const response = route.response ? ', response: asGiven' : '';
  return `export const ${exported} = { ...${plain}${response} };`;
}

function isRoute(value: unknown): value is RouteDefinition {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value;
}

/**
 * Gives an app the routes of the contracts without their schemas, which are a quarter of what a
 * phone may load at first. Types still come from the contracts.
 */
export function routeTable(): Plugin {
  return {
    name: 'ddp-route-table',
    enforce: 'pre',
    async load(id) {
      const [, module] = source.exec(id) ?? [];
      if (module === undefined) return null;
      const built = id.replace(source, `/packages/contracts/dist/${module}.js`);
      const exports = (await import(pathToFileURL(built).href)) as Record<string, unknown>;
      const lines = Object.entries(exports).flatMap(([name, value]) =>
        isRoute(value) ? [writeRoute(name, value)] : [],
      );
      if (lines.length === 0) this.error(`${module} exports no route`);
      const head = 'const asGiven = { safeParse: (data) => ({ success: true, data }) };';
      return { code: [head, ...lines].join('\n'), map: null };
    },
  };
}
