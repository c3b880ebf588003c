import type { Sweep } from './consumer.ts';
import type { ServiceQueueOptions } from './job.ts';
import type { Queues } from './queues.ts';
import {
  listOverdue,
  type PublishedEvent,
  postponeOverdue,
  purgeTransport,
  readEpoch,
  republish,
  republishAll,
} from './reconcile.ts';

export interface MaintenanceOptions<DB> extends ServiceQueueOptions<DB> {
  queues: Queues;
  sweeps: Sweep[];
}

const waitingStates = new Set(['waiting', 'active', 'delayed', 'prioritized', 'waiting-children']);

/**
 * Keeps the transport honest: notices when Redis lost its memory, sends events again whose effect
 * is overdue, and keeps the schedules of the sweeps in place. Redis may also lose only its newest
 * writes, which nothing tells of: so both the events and the schedules are looked after by time.
 */
export function startMaintenance<DB>(options: MaintenanceOptions<DB>): { stop(): Promise<void> } {
  const { intervals, log } = options;
  let epoch: string | undefined;
  let reconciledAt = Number.NEGATIVE_INFINITY;
  let purgedAt = 0;
  let isStopped = false;
  let running: Promise<void> = Promise.resolve();

  async function round(): Promise<void> {
    epoch ??= await readEpoch(options.store);
    await keepEpoch(options, epoch);
    const now = performance.now();
    if (now - reconciledAt >= intervals.reconcileMs) {
      reconciledAt = now;
      await upsertSweeps(options);
      for (const event of await listOverdue(options.store, intervals.republishAfterMs)) {
        await reconcileEvent(options, event);
      }
    }
    if (now - purgedAt >= 3_600_000) {
      purgedAt = now;
      await purgeTransport(options.store, () => isStopped);
    }
  }

  const timer = setInterval(tick, intervals.epochCheckMs);
  let isBusy = false;
  function tick(): void {
    if (isBusy || isStopped) return;
    isBusy = true;
    running = round()
      .catch((error: unknown) => log.warn({ err: error }, 'maintenance will try again'))
      .finally(() => {
        isBusy = false;
      });
  }
  tick();

  return {
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await running;
    },
  };
}

async function keepEpoch<DB>(options: MaintenanceOptions<DB>, epoch: string): Promise<void> {
  const key = `{${options.redisPrefix}}:epoch:${options.service}`;
  if ((await options.queues.redis.get(key)) === epoch) return;
  options.log.warn({ service: options.service }, 'Redis knows nothing of this service: rebuilding');
  await republishAll(options.store);
  await upsertSweeps(options);
  await options.queues.redis.set(key, epoch);
  options.store.onCommit();
}

async function upsertSweeps<DB>(options: MaintenanceOptions<DB>): Promise<void> {
  const queue = options.queues.queueOf(options.service);
  for (const sweep of options.sweeps) {
    await queue.upsertJobScheduler(
      `sweep-${sweep.name}`,
      { every: sweep.everyMs },
      {
        name: 'sweep',
        data: { sweep: sweep.name },
        opts: { removeOnComplete: true, removeOnFail: { count: 100 } },
      },
    );
  }
}

async function reconcileEvent<DB>(
  options: MaintenanceOptions<DB>,
  event: PublishedEvent,
): Promise<void> {
  const job = await options.queues
    .queueOf(event.consumer)
    .getJob(`obx-${event.id}-g${event.generation}`);
  const state = job ? await job.getState() : 'missing';
  if (waitingStates.has(state)) await postponeOverdue(options.store, event);
  else await republish(options.store, event);
}
