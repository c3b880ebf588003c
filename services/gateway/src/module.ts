import { openQueues } from '@ddp/queue-kit/queues';
import type { ServiceModule } from '@ddp/service-kit/module';
import { createServiceApp } from '@ddp/service-kit/service-app';
import { createServiceCaller } from '@ddp/service-kit/service-caller';
import { bindBoard } from './board.ts';
import { readConfig } from './config.ts';
import type { GatewayDeps } from './deps.ts';
import { hideFigures } from './figures.ts';
import { createHealthCheck } from './health.ts';
import { bindRoutes, createSigners } from './http/routes.ts';
import { createNetworkMarker } from './network-mark.ts';
import { createRateLimit } from './rate-limits.ts';
import { createSessionReader } from './sessions.ts';
import { bindWall } from './wall/bind-wall.ts';

export const gatewayModule: ServiceModule = {
  name: 'gateway',
  defaultPort: 8080,
  invariants: [],
  async create(context) {
    const { host, clock, peerOf } = context;
    const config = readConfig(context.environment, host);
    const masterKeys = host.DDP_MASTER_KEY;
    const queues = openQueues(host.REDIS_URL, host.REDIS_PREFIX);
    const { redis } = queues;
    const limitOf = (name: string, perMinute: number) =>
      createRateLimit({ redis, keyPrefix: `${host.REDIS_PREFIX}:limit:${name}`, perMinute });
    const caller = createServiceCaller({ service: 'gateway', masterKeys, clock, peerOf });
    const checkReady = createHealthCheck(peerOf);
    const app = createServiceApp({
      ...context,
      service: 'gateway',
      masterKeys,
      checkReady,
      metrics: config.GATEWAY_METRICS ? context.metrics : hideFigures(context.metrics),
    });
    const deps: GatewayDeps = {
      config,
      clock,
      peerOf,
      signers: createSigners(masterKeys),
      sessions: createSessionReader(caller, config.GATEWAY_SESSION_CACHE_MS),
      markNetwork: createNetworkMarker(masterKeys),
      requestLimit: limitOf('request', config.GATEWAY_REQUESTS_PER_MINUTE),
      addressLimit: limitOf('address', config.GATEWAY_ADDRESS_REQUESTS_PER_MINUTE),
      signInLimit: limitOf('sign-in', config.GATEWAY_SIGN_INS_PER_MINUTE),
    };
    // Before the routes of the services, which take every path below /api.
    const wallFeed = bindWall(app, deps, { caller, log: context.log });
    bindRoutes(app, deps);
    bindBoard(app, deps, queues);
    return {
      name: 'gateway',
      fetch: async (request, env) => app.fetch(request, env),
      async start() {},
      drain() {
        wallFeed.stop();
      },
      async stop() {
        wallFeed.stop();
        await queues.close();
      },
      checkReady,
    };
  },
};
