import type { ServiceName } from '@ddp/contracts/service-name';
import type { ServiceStore } from '@ddp/db-kit/command';
import { commandMigrations } from '@ddp/db-kit/command-tables';
import { checkDatabase, longTimeoutMs, openDatabase } from '@ddp/db-kit/database';
import { migrateSchema } from '@ddp/db-kit/migrate';
import type { Consumer, Sweep } from '@ddp/queue-kit/consumer';
import { scaleIntervals } from '@ddp/queue-kit/intervals';
import type { OutboxStore } from '@ddp/queue-kit/outbox';
import { queueMigrations } from '@ddp/queue-kit/queue-tables';
import { readRedisDurability } from '@ddp/queue-kit/redis';
import { createServiceQueue, type ServiceQueue } from '@ddp/queue-kit/service-queue';
import { sql } from 'kysely';
import { bindOperations } from './bind-operations.ts';
import { isPermanent } from './is-permanent.ts';
import type { ModuleContext, RunningModule } from './module.ts';
import { isPeerAway } from './peer-away.ts';
import { resolveDatabase } from './resolve-database.ts';
import { createServiceApp, type ServiceApp } from './service-app.ts';
import { createServiceCaller, type ServiceCaller } from './service-caller.ts';

/** What every operation of a service may use; a service adds its own parts. */
export interface ServiceDeps<DB> {
  store: ServiceStore<DB>;
  caller: ServiceCaller;
  clock: ModuleContext['clock'];
  log: ModuleContext['log'];
  queue: ServiceQueue;
}

export interface OpenedService<DB> {
  deps: ServiceDeps<DB>;
  app: ServiceApp;
  /** Completes the module once routes, consumers and sweeps are known. */
  finish(parts: { consumers: Consumer[]; sweeps: Sweep[] }): RunningModule;
}

/** By connections of their own: what changes a large table may take longer than any request. */
async function bringUpToDate(url: string, name: ServiceName, folder: string): Promise<void> {
  const db = openDatabase<unknown>({ url, poolSize: 2, queryTimeoutMs: longTimeoutMs });
  try {
    const kit = { ...commandMigrations(name), ...queueMigrations(name) };
    await migrateSchema(db, { prefix: name, folder, kit });
  } finally {
    await db.destroy();
  }
}

/** Opens a service's schema, brings it up to date, and makes its app, queue and caller. */
export async function openService<DB>(
  context: ModuleContext,
  options: { name: ServiceName; migrationsFolder: string },
): Promise<OpenedService<DB>> {
  const { name } = options;
  const { host, clock, log } = context;
  const { url, isShared } = await resolveDatabase(context, name);
  if (isShared) log.info({ service: name }, 'this service shares the database of DATABASE_URL');
  const db = openDatabase<DB>({ url, poolSize: host.DATABASE_POOL_SIZE });
  await checkDatabase(db);
  await bringUpToDate(url, name, options.migrationsFolder);
  let queue: ServiceQueue | undefined;
  const store: ServiceStore<DB> & OutboxStore = {
    ...{ db, prefix: name, clock, onCommit: () => queue?.wake() },
    get handOver() {
      return queue?.handOver;
    },
  };
  queue = createServiceQueue({
    service: name,
    store,
    redisUrl: host.REDIS_URL,
    redisPrefix: host.REDIS_PREFIX,
    intervals: scaleIntervals(host.DDP_INTERVAL_SCALE),
    concurrency: host.QUEUE_CONCURRENCY,
    log: log.child({ service: name }),
    isPermanent,
    isPeerAway,
  });
  const checkReady = async () => {
    await sql`SELECT 1`.execute(db);
  };
  const masterKeys = host.DDP_MASTER_KEY;
  const deps: ServiceDeps<DB> = {
    store,
    caller: createServiceCaller({ service: name, masterKeys, clock, peerOf: context.peerOf }),
    clock,
    log: log.child({ service: name }),
    queue,
  };
  const app = createServiceApp({ ...context, service: name, masterKeys, checkReady });
  const opened = queue;
  bindOperations(app, name, store, opened);
  return {
    deps,
    app,
    finish: (parts) => ({
      name,
      fetch: async (request) => app.fetch(request),
      async start() {
        if (host.DDP_MODE === 'production') await refuseForgetfulRedis(context);
        await opened.start(host.DDP_ROLE === 'http' ? undefined : parts);
      },
      async stop() {
        await opened.stop();
        await db.destroy();
      },
      checkReady,
    }),
  };
}

/** Throws where Redis would drop jobs by design; one that does not tell is only warned of. */
async function refuseForgetfulRedis({ host, log }: ModuleContext): Promise<void> {
  const durability = await readRedisDurability(host.REDIS_URL);
  if (durability.faults.length > 0) {
    throw new Error(`production mode refuses this Redis: ${durability.faults.join('; ')}`);
  }
  if (!durability.isKnown) log.warn('Redis does not tell whether it keeps what it is given');
}
