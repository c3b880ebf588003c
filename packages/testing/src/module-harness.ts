import { tmpdir } from 'node:os';
import path from 'node:path';
import { createPrincipalSigner, principalHeader } from '@ddp/auth/principal-token';
import { createSimulatedClock } from '@ddp/calendar/clock';
import { call, type Fetch } from '@ddp/contracts/call';
import type { Principal } from '@ddp/contracts/principal';
import type { RouteDefinition, RouteInput, RouteResult } from '@ddp/contracts/route';
import type { ServiceName } from '@ddp/contracts/service-name';
import { newId } from '@ddp/db-kit/ids';
import type { Delivery } from '@ddp/queue-kit/inbox';
import { scaleIntervals } from '@ddp/queue-kit/intervals';
import { jobOptions } from '@ddp/queue-kit/job';
import { openQueues } from '@ddp/queue-kit/queues';
import { type Environment, readHostConfig } from '@ddp/service-kit/config';
import { createLog } from '@ddp/service-kit/log';
import { createMetrics } from '@ddp/service-kit/metrics';
import type { ModuleContext, RunningModule, ServiceModule } from '@ddp/service-kit/module';
import { drawPrefix, readTestEngines } from './config.ts';
import { testMasterKey } from './keys.ts';

export interface HarnessOptions {
  modules: readonly ServiceModule[];
  /** Answers calls to services that are not mounted, by the contract. */
  peers?: Partial<Record<ServiceName, Fetch>>;
  environment?: Environment;
  /** Where the simulated clock begins; the machine's time unless set. */
  startAt?: Date;
}

/** Modules at work on schemas and keys of their own, called as over HTTP. */
export async function createHarness(options: HarnessOptions) {
  const prefix = drawPrefix();
  const environment = testEnvironment(prefix, options.environment);
  const host = readHostConfig(environment);
  const clock = createSimulatedClock(options.startAt ?? new Date());
  const running = new Map<string, RunningModule>();
  const context: ModuleContext = {
    environment,
    host,
    clock,
    log: createLog(host.DDP_LOG_LEVEL),
    metrics: createMetrics(),
    peerOf: (service) => ({
      baseUrl: `http://${service}.test`,
      fetch: (request) => fetchOf(service)(request),
    }),
  };
  const fetchOf = (service: ServiceName): Fetch => {
    const fetch = running.get(service)?.fetch ?? options.peers?.[service];
    if (!fetch) throw new Error(`the test mounts no ${service}`);
    return fetch;
  };
  const queues = openQueues(host.REDIS_URL, host.REDIS_PREFIX);
  for (const module of options.modules) {
    running.set(module.name, await module.create(context));
  }
  for (const module of running.values()) await module.start();

  return {
    clock,
    context,
    prefix,
    fetchOf,
    /** The gateway's door, where the test mounts one. */
    gatewayFetch(request: Request): Promise<Response> {
      const gateway = running.get('gateway');
      if (!gateway) throw new Error('the test mounts no gateway');
      return gateway.fetch(request);
    },
    /** Calls a route as a principal; commands get a new key unless one is given. */
    call<R extends RouteDefinition>(
      route: R,
      input: RouteInput<R>,
      principal: Principal,
      key = newId(),
    ): Promise<RouteResult<R>> {
      return call(route, input, {
        baseUrl: `http://${route.service}.test`,
        fetch: fetchOf(route.service),
        idempotencyKey: key,
        headers: { [principalHeader]: signPrincipal(route.service, principal) },
      });
    },
    /** Brings an event to a service as its producer's relay would. */
    async deliver(service: ServiceName, delivery: Delivery): Promise<void> {
      await queues.queueOf(service).add(delivery.eventName, delivery, {
        ...jobOptions(scaleIntervals(host.DDP_INTERVAL_SCALE)),
        jobId: `test-${newId()}`,
      });
    },
    async stop() {
      await queues.close();
      for (const module of running.values()) await module.stop();
    },
  };
}

/** The settings of a test install under a prefix; `extra` adds to them. */
function testEnvironment(prefix: string, extra: Environment = {}): Environment {
  const engines = readTestEngines();
  return {
    DATABASE_URL: engines.databaseUrl,
    DATABASE_PREFIX: prefix,
    REDIS_URL: engines.redisUrl,
    REDIS_PREFIX: prefix.replaceAll('_', '-'),
    DDP_MASTER_KEY: testMasterKey,
    DDP_INTERVAL_SCALE: '0.02',
    DDP_LOG_LEVEL: 'error',
    DATABASE_POOL_SIZE: '6',
    DIRECTORY_PHOTO_DIR: path.join(tmpdir(), `ddp-subject-photos-${prefix}`),
    RATINGS_PHOTO_DIR: path.join(tmpdir(), `ddp-photos-${prefix}`),
    REWARDS_PICTURE_DIR: path.join(tmpdir(), `ddp-pictures-${prefix}`),
    ...extra,
  };
}

export type Harness = Awaited<ReturnType<typeof createHarness>>;

/** The token of a principal for a service of a test install. */
export function signPrincipal(service: string, principal: Principal): string {
  const { DDP_MASTER_KEY } = readHostConfig({
    DDP_MASTER_KEY: testMasterKey,
    REDIS_URL: 'redis://localhost',
  });
  return createPrincipalSigner(DDP_MASTER_KEY, service)(principal, Date.now());
}

/** Waits until the condition holds, looking again every 20 ms; fails after the bound. */
export async function eventually<T>(
  look: () => Promise<T | null | undefined | false>,
  boundMs = 15_000,
): Promise<T> {
  const endsAt = Date.now() + boundMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > endsAt) throw new Error('what was waited for did not happen');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
