import { join } from 'node:path';
import { paths } from '../../bootstrap/paths.mjs';
import type { Bench } from '../context.ts';
import { compareLoads } from '../load/load.ts';

const servers = join(paths.root, 'infra', 'bench', 'servers');
const title = { name: 'http.bare', unit: 'requests/s', kind: 'limit', better: 'higher' } as const;

/** A route that does nothing, with all that every route has, against bare `node:http`. */
export const bench: Bench = {
  name: title.name,
  async run(context) {
    const stack = await context.startServer('bare-route', join(servers, 'bare-route.ts'));
    const bare = await context.startServer('bare-http', join(servers, 'bare-http.mjs'));
    const subject = { url: stack.url, connections: 50, request: { path: '/v1/hello' } };
    const reference = { url: bare.url, connections: 50, request: { path: '/v1/hello' } };
    return [await compareLoads(title, context.pace, subject, reference)];
  },
};
