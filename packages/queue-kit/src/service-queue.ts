import { newId } from '@ddp/db-kit/ids';
import { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { createAcknowledger } from './acknowledge.ts';
import type { Consumer, Sweep } from './consumer.ts';
import { findDeadLetter } from './dead-letter.ts';
import type { HandOver, RelayedEvent } from './hand-over.ts';
import {
  type AckJob,
  type EventJob,
  jobOptions,
  replayPrefix,
  type ServiceQueueOptions,
} from './job.ts';
import { startMaintenance } from './maintenance.ts';
import { createProcessor } from './processor.ts';
import { openQueues, type Queues } from './queues.ts';
import { awaitFirstTry, openWorkerRedis } from './redis.ts';
import { startRelay } from './relay.ts';

export interface ServiceQueue {
  /** Starts the relay and, with consumers, the worker that runs them. */
  start(work?: { consumers: Consumer[]; sweeps: Sweep[] }): Promise<void>;
  /** Where events go from memory once they are committed; absent until it was started. */
  readonly handOver: HandOver | undefined;
  wake(): void;
  ping(): Promise<void>;
  /** Sends a dead letter again; it stands until it had its effect. False when there is none. */
  replayDeadLetter(eventId: string): Promise<boolean>;
  stop(): Promise<void>;
}

/**
 * One service's end of the transport: a relay from its outbox to the queues of the services that
 * consume, and a worker on its own queue. Redis may lose everything at any moment; the outbox rows
 * bring it back.
 */
export function createServiceQueue<DB>(options: ServiceQueueOptions<DB>): ServiceQueue {
  const { service, store, intervals, log } = options;
  const queues = openQueues(options.redisUrl, options.redisPrefix);
  const acknowledger = createAcknowledger({
    delayMs: intervals.ackDelayMs,
    send: async (target, done, dead) => {
      const data: AckJob = { consumer: service, done, dead };
      const keep = { removeOnComplete: true, removeOnFail: true };
      await queues.queueOf(target).add('ack', data, { ...jobOptions(intervals), ...keep });
    },
    onError: (error) => log.warn({ err: error }, 'an acknowledgement was not sent'),
  });
  let relay: ReturnType<typeof startRelay> | undefined;
  let work: { stop(): Promise<void> } | undefined;

  return {
    async start(parts) {
      await awaitFirstTry(queues.redis);
      relay = startRelay({
        store,
        publish: (consumer, events) => publish(options, queues, consumer, events),
        pollMs: intervals.relayPollMs,
        leaseMs: intervals.relayLeaseMs,
        handOverMs: intervals.handOverMs,
        batchSize: 200,
        onError: (error) => log.warn({ err: error }, 'the relay will try again'),
      });
      if (parts) work = startWork(options, queues, parts, acknowledger.acknowledge);
    },
    get handOver() {
      return relay?.handOver;
    },
    wake: () => relay?.wake(),
    async ping() {
      await queues.redis.ping();
    },
    async replayDeadLetter(eventId) {
      const letter = await findDeadLetter(store, eventId);
      if (!letter) return false;
      const { reason: _reason, diedAt: _diedAt, ...delivery } = letter;
      await queues.queueOf(service).add(letter.eventName, delivery, {
        ...jobOptions(intervals),
        jobId: `${replayPrefix}${newId()}`,
      });
      return true;
    },
    async stop() {
      await relay?.stop();
      await work?.stop();
      await acknowledger.stop();
      await queues.close();
    },
  };
}

async function publish<DB>(
  options: ServiceQueueOptions<DB>,
  queues: Queues,
  consumer: string,
  events: RelayedEvent[],
): Promise<void> {
  await queues.queueOf(consumer).addBulk(
    events.map((event) => ({
      name: event.eventName,
      data: {
        eventId: event.id,
        eventName: event.eventName,
        producer: options.service,
        payload: event.payload,
        requestId: event.requestId,
      } satisfies EventJob,
      opts: {
        ...jobOptions(options.intervals),
        jobId: `obx-${event.id}-g${event.generation}`,
      },
    })),
  );
}

/**
 * Deliveries that are handled together wait for one another: with more of them under way the groups
 * are fuller, and a group takes one database connection.
 */
function concurrencyOf(concurrency: number, consumers: readonly Consumer[]): number {
  return consumers.some(({ isGrouped }) => isGrouped) ? concurrency * 5 : concurrency;
}

/** Starts the worker and the upkeep of one service. */
function startWork<DB>(
  options: ServiceQueueOptions<DB>,
  queues: Queues,
  parts: { consumers: Consumer[]; sweeps: Sweep[] },
  acknowledge: (producer: string, eventId: string, state: 'done' | 'dead') => void,
): { stop(): Promise<void> } {
  const { intervals } = options;
  const connection: Redis = openWorkerRedis(options.redisUrl);
  const maintenance = startMaintenance({ ...options, queues, sweeps: parts.sweeps });
  const worker = new Worker(options.service, createProcessor(options, parts, acknowledge), {
    connection,
    prefix: queues.prefix,
    concurrency: concurrencyOf(options.concurrency, parts.consumers),
    lockDuration: intervals.lockMs,
    stalledInterval: intervals.stalledMs,
    maxStalledCount: 3,
  });
  // Here comes each vain try to connect, while the relay and the upkeep tell that Redis is away; what
  // a job meets, the processor tells.
  worker.on('error', () => {});
  return {
    async stop() {
      await maintenance.stop();
      await worker.close();
      connection.disconnect();
    },
  };
}
