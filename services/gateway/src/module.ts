import { serviceNames } from '@ddp/contracts/service-name';
import { openProducerRedis } from '@ddp/queue-kit/redis';
import type { ModuleContext, ServiceModule } from '@ddp/service-kit/module';
import { createServiceApp } from '@ddp/service-kit/service-app';
import { createServiceCaller } from '@ddp/service-kit/service-caller';
import { readConfig } from './config.ts';
import { bindRoutes, createSigners } from './http/routes.ts';
import { createRateLimit } from './rate-limits.ts';
import { createSessionReader } from './sessions.ts';

const healthDeadlineMs = 3_000;

export const gatewayModule: ServiceModule = {
  name: 'gateway',
  defaultPort: 8080,
  invariants: [],
  async create(context) {
    const config = readConfig(context.environment);
    const { host, clock, peerOf } = context;
    const masterKeys = host.DDP_MASTER_KEY;
    const redis = openProducerRedis(host.REDIS_URL);
    const limitOf = (name: string, perMinute: number) =>
      createRateLimit({ redis, keyPrefix: `${host.REDIS_PREFIX}:limit:${name}`, perMinute });
    const caller = createServiceCaller({ service: 'gateway', masterKeys, clock, peerOf });
    const checkReady = () => checkServices(context);
    const app = createServiceApp({ ...context, service: 'gateway', masterKeys, checkReady });
    bindRoutes(app, {
      config,
      clock,
      peerOf,
      signers: createSigners(masterKeys),
      sessions: createSessionReader(caller, config.GATEWAY_SESSION_CACHE_MS),
      requestLimit: limitOf('request', config.GATEWAY_REQUESTS_PER_MINUTE),
      signInLimit: limitOf('sign-in', config.GATEWAY_SIGN_INS_PER_MINUTE),
    });
    return {
      name: 'gateway',
      fetch: async (request, env) => app.fetch(request, env),
      async start() {},
      async stop() {
        redis.disconnect();
      },
      checkReady,
    };
  },
};

/** The house is healthy when each of its services is. */
async function checkServices({ peerOf }: ModuleContext): Promise<void> {
  await Promise.all(
    serviceNames.map(async (name) => {
      const { baseUrl, fetch } = peerOf(name);
      const signal = AbortSignal.timeout(healthDeadlineMs);
      const answer = await fetch(new Request(`${baseUrl}/healthz`, { signal }));
      await answer.body?.cancel();
      if (!answer.ok) throw new Error(`${name} is not healthy`);
    }),
  );
}
