import type { ServiceName } from '@ddp/contracts/service-name';
import type { ServiceStore } from '@ddp/db-kit/command';
import { isDatabaseUnavailable } from '@ddp/db-kit/errors';
import { newId } from '@ddp/db-kit/ids';
import { type Job, Queue, UnrecoverableError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { createAcknowledger } from './acknowledge.ts';
import type { Consumer, Sweep } from './consumer.ts';
import { findDeadLetter, keepDeadLetter, markReplayed } from './dead-letter.ts';
import { type Delivery, markDone } from './inbox.ts';
import type { QueueIntervals } from './intervals.ts';
import { startMaintenance } from './maintenance.ts';
import { openProducerRedis, openWorkerRedis } from './redis.ts';
import { type RelayedEvent, startRelay } from './relay.ts';

export const maxAttempts = 5;

export interface QueueLog {
  warn(detail: object, message: string): void;
  error(detail: object, message: string): void;
}

export interface ServiceQueueOptions<DB> {
  service: ServiceName;
  store: ServiceStore<DB>;
  redisUrl: string;
  /** Prefix of every key, so that installs may share a Redis. */
  redisPrefix: string;
  intervals: QueueIntervals;
  concurrency: number;
  log: QueueLog;
  /** True for an error that another try cannot mend. */
  isPermanent: (error: unknown) => boolean;
}

export interface ServiceQueue {
  /** Starts the relay and, with consumers, the worker that runs them. */
  start(work?: { consumers: Consumer[]; sweeps: Sweep[] }): Promise<void>;
  wake(): void;
  ping(): Promise<void>;
  replayDeadLetter(producer: string, eventId: string): Promise<boolean>;
  stop(): Promise<void>;
}

/** The data of a job: ids and codes, never a name, a phone number or a secret. */
export type EventJob = Omit<Delivery, 'payload'> & { payload: unknown };

interface AckJob {
  consumer: string;
  done: string[];
  dead: string[];
}

export function jobOptions(intervals: QueueIntervals) {
  return {
    attempts: maxAttempts,
    backoff: { type: 'exponential', delay: intervals.retryDelayMs, jitter: 0.5 },
    removeOnComplete: { count: 1_000 },
    removeOnFail: { count: 1_000 },
  };
}

/**
 * One service's end of the transport: a relay from its outbox to the queues of the services that
 * consume, and a worker on its own queue. Redis may lose everything at any moment; the outbox rows
 * bring it back.
 */
export function createServiceQueue<DB>(options: ServiceQueueOptions<DB>): ServiceQueue {
  const { service, store, intervals, log } = options;
  const producer = openProducerRedis(options.redisUrl);
  const workerRedis: Redis[] = [];
  const prefix = `{${options.redisPrefix}}`;
  const queues = new Map<string, Queue>();
  const queueOf = (name: string): Queue => {
    const queue = queues.get(name) ?? new Queue(name, { connection: producer, prefix });
    if (!queues.has(name)) queue.on('error', () => {});
    queues.set(name, queue);
    return queue;
  };

  const publish = async (consumer: string, events: RelayedEvent[]) => {
    await queueOf(consumer).addBulk(
      events.map((event) => ({
        name: event.eventName,
        data: {
          eventId: event.id,
          eventName: event.eventName,
          producer: service,
          payload: event.payload,
          requestId: event.requestId,
        } satisfies EventJob,
        opts: { ...jobOptions(intervals), jobId: `obx-${event.id}-g${event.generation}` },
      })),
    );
  };
  const acknowledger = createAcknowledger({
    delayMs: intervals.ackDelayMs,
    send: async (target, done, dead) => {
      const data: AckJob = { consumer: service, done, dead };
      await queueOf(target).add('ack', data, { removeOnComplete: true, removeOnFail: true });
    },
    onError: (error) => log.warn({ err: error }, 'an acknowledgement was not sent'),
  });

  let relay: ReturnType<typeof startRelay> | undefined;
  let worker: Worker | undefined;
  let maintenance: { stop(): Promise<void> } | undefined;

  return {
    async start(work) {
      relay = startRelay({
        store,
        publish,
        pollMs: intervals.relayPollMs,
        leaseMs: intervals.relayLeaseMs,
        batchSize: 200,
        onError: (error) => log.warn({ err: error }, 'the relay will try again'),
      });
      if (!work) return;
      maintenance = startMaintenance({
        ...options,
        queueOf,
        redis: producer,
        sweeps: work.sweeps,
      });
      const connection = openWorkerRedis(options.redisUrl);
      workerRedis.push(connection);
      worker = new Worker(service, createProcessor(options, work, acknowledger.acknowledge), {
        connection,
        prefix,
        concurrency: options.concurrency,
        lockDuration: intervals.lockMs,
        stalledInterval: intervals.stalledMs,
        maxStalledCount: 3,
      });
      worker.on('error', () => {});
    },
    wake: () => relay?.wake(),
    async ping() {
      await producer.ping();
    },
    async replayDeadLetter(from, eventId) {
      const letter = await findDeadLetter(store, from, eventId);
      if (!letter) return false;
      const { reason: _reason, diedAt: _diedAt, ...delivery } = letter;
      await queueOf(service).add(letter.eventName, delivery, {
        ...jobOptions(intervals),
        jobId: `replay-${newId()}`,
      });
      return markReplayed(store, from, eventId);
    },
    async stop() {
      await maintenance?.stop();
      await relay?.stop();
      await worker?.close();
      await acknowledger.stop();
      for (const queue of queues.values()) await queue.close();
      producer.disconnect();
      for (const connection of workerRedis) connection.disconnect();
    },
  };
}

function createProcessor<DB>(
  options: ServiceQueueOptions<DB>,
  work: { consumers: Consumer[]; sweeps: Sweep[] },
  acknowledge: (producer: string, eventId: string, state: 'done' | 'dead') => void,
) {
  const { service, store, log } = options;
  const consumers = new Map(work.consumers.map((consumer) => [consumer.event.name, consumer]));
  const sweeps = new Map(work.sweeps.map((sweep) => [sweep.name, sweep]));

  async function bury(job: Job, error: unknown): Promise<never> {
    const delivery = job.data as EventJob;
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    await keepDeadLetter(store, delivery, reason);
    if (delivery.producer === service) {
      await markDone(store.db, store, service, [delivery.eventId], 'dead');
    } else {
      acknowledge(delivery.producer, delivery.eventId, 'dead');
    }
    log.error({ err: error, eventId: delivery.eventId, event: job.name }, 'a dead letter was kept');
    throw new UnrecoverableError(reason);
  }

  async function digest(job: Job): Promise<void> {
    const delivery = job.data as EventJob;
    try {
      const consumer = consumers.get(job.name);
      if (!consumer) throw new TypeError(`${service} does not consume ${job.name}`);
      await consumer.handle(delivery);
    } catch (error) {
      const isLastTry = job.attemptsMade + 1 >= maxAttempts;
      const isPoison = isLastTry && !isDatabaseUnavailable(error);
      if (options.isPermanent(error) || isPoison) return bury(job, error);
      log.warn({ err: error, eventId: delivery.eventId, event: job.name }, 'an event is retried');
      throw error;
    }
    if (delivery.producer !== service) acknowledge(delivery.producer, delivery.eventId, 'done');
  }

  return async (job: Job): Promise<void> => {
    if (job.name === 'ack') {
      const ack = job.data as AckJob;
      await markDone(store.db, store, ack.consumer, ack.done);
      await markDone(store.db, store, ack.consumer, ack.dead, 'dead');
    } else if (job.name === 'sweep') {
      await sweeps.get((job.data as { sweep: string }).sweep)?.run();
    } else {
      await digest(job);
    }
  };
}
