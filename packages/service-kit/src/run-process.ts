import { systemClock } from '@ddp/calendar/clock';
import type { ServiceName } from '@ddp/contracts/service-name';
import { readEnvironment, readHostConfig, readServicePort, readServiceUrls } from './config.ts';
import { listen } from './http-server.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import type { ModuleContext, Peer, ServiceModule } from './module.ts';

const drainMs = 10_000;

/** The context of a process: its settings and how it reaches the services it does not hold. */
export function createProcessContext(): ModuleContext {
  const environment = readEnvironment();
  const host = readHostConfig(environment);
  const urls = readServiceUrls(environment);
  return {
    environment,
    host,
    clock: systemClock,
    log: createLog(host.DDP_LOG_LEVEL),
    metrics: createMetrics(),
    peerOf: (service: ServiceName): Peer => {
      const baseUrl = urls[service];
      if (!baseUrl) throw new Error(`${service.toUpperCase()}_URL is not set`);
      return { baseUrl, fetch: (request) => fetch(request) };
    },
  };
}

/** Runs one service as a process of its own until it is told to stop. */
export function runAlone(module: ServiceModule): Promise<void> {
  return runMain(async () => {
    const context = createProcessContext();
    const running = await module.create(context);
    const port = readServicePort(context.environment, module.name, module.defaultPort);
    const server = await listen(running.fetch, { port, host: context.host.DDP_HOST });
    await running.start();
    context.log.info({ service: module.name, port: server.port }, 'listening');
    stopOnSignal(context, async () => {
      running.drain?.();
      await server.close(drainMs);
      await running.stop();
    });
  });
}

/** Runs a program's start; one that is refused ends the process with the reason, not with a trace. */
export async function runMain(start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (error) {
    const isRefusal = error instanceof Error && error.constructor === Error;
    const reason = isRefusal ? error.message : (error as Error)?.stack;
    process.stderr.write(`${reason ?? String(error)}\n`);
    if (isRefusal && error.cause instanceof Error) process.stderr.write(`${error.cause.message}\n`);
    process.exit(1);
  }
}

/** On SIGTERM or SIGINT: stops in order, and exits at the latest after 25 s. */
export function stopOnSignal(context: ModuleContext, stop: () => Promise<void>): void {
  let isStopping = false;
  const onSignal = () => {
    if (isStopping) return;
    isStopping = true;
    const timer = setTimeout(() => process.exit(1), 25_000);
    timer.unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        context.log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
