import type { Fetch } from '@ddp/contracts/call';
import type { ServiceName } from '@ddp/contracts/service-name';
import { gatewayModule } from '@ddp/gateway/module';
import type { ModuleContext, Peer, RunningModule, ServerFetch } from '@ddp/service-kit/module';
import { serviceModules } from './modules.ts';

export interface House {
  /** Answers as the gateway does. */
  fetch: ServerFetch;
  /** A mounted service's own door, for what runs inside this process. */
  fetchOf(service: ServiceName): Fetch;
  start(): Promise<void>;
  /** Ends streams, before the server waits for what is under way. */
  drain(): void;
  stop(): Promise<void>;
}

/**
 * Mounts services in one process. They still speak to one another by request and answer, with the
 * same principal, deadline and JSON as over a network; those not chosen are reached by their URL.
 */
export async function composeHouse(
  base: ModuleContext,
  chosen: readonly string[] = serviceModules.map((module) => module.name),
): Promise<House> {
  const mounted = new Map<string, RunningModule>();
  const context: ModuleContext = {
    ...base,
    peerOf: (service: ServiceName): Peer => {
      const module = mounted.get(service);
      if (!module) return base.peerOf(service);
      const fetch: Fetch = (request) => module.fetch(request);
      return { baseUrl: `http://${service}.mounted`, fetch };
    },
  };
  // The gateway comes first: what it refuses to start with is told before anything is made.
  const gateway = await gatewayModule.create(context);
  for (const module of serviceModules) {
    if (chosen.includes(module.name)) mounted.set(module.name, await module.create(context));
  }
  return {
    fetch: gateway.fetch,
    fetchOf: (service) => (request) => context.peerOf(service).fetch(request),
    async start() {
      for (const module of mounted.values()) await module.start();
    },
    drain() {
      for (const module of [gateway, ...mounted.values()]) module.drain?.();
    },
    async stop() {
      await gateway.stop();
      await Promise.all([...mounted.values()].map((module) => module.stop()));
    },
  };
}
