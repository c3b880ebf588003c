import { isDatabaseUnavailable } from '@ddp/db-kit/errors';
import { runStatement } from '@ddp/db-kit/transact';
import { type Job, UnrecoverableError } from 'bullmq';
import { type Consumer, PayloadError, type Sweep } from './consumer.ts';
import { keepDeadLetter, markReplayed } from './dead-letter.ts';
import { markDone } from './inbox.ts';
import {
  type AckJob,
  type EventJob,
  maxAttempts,
  replayPrefix,
  type ServiceQueueOptions,
} from './job.ts';

/** Runs what comes on a service's queue: events, acknowledgements and the wake-ups of sweeps. */
export function createProcessor<DB>(
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
      await mark(options, service, [delivery.eventId], 'dead');
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
      const isAway = isDatabaseUnavailable(error) || options.isPeerAway(error);
      const isPoison = isLastTry && !isAway;
      const isPermanent = error instanceof PayloadError || options.isPermanent(error);
      if (isPermanent || isPoison) return bury(job, error);
      log.warn({ err: error, eventId: delivery.eventId, event: job.name }, 'an event is retried');
      throw error;
    }
    if (job.id?.startsWith(replayPrefix)) {
      await markReplayed(store, delivery.producer, delivery.eventId);
    }
    if (delivery.producer !== service) acknowledge(delivery.producer, delivery.eventId, 'done');
  }

  const takeTurn = createTurns(options.concurrency);
  return async (job: Job): Promise<void> => {
    if (job.name === 'ack') {
      await takeTurn(() => takeAck(options, job.data as AckJob));
    } else if (job.name === 'sweep') {
      await takeTurn(() => runSweep(options, sweeps.get((job.data as { sweep: string }).sweep)));
    } else if (consumers.get(job.name)?.isGrouped) {
      await digest(job);
    } else {
      await takeTurn(() => digest(job));
    }
  };
}

/** Lets so many pieces of work go on at once, the others in the order they came. */
function createTurns(atOnce: number) {
  const waiting: (() => void)[] = [];
  let free = atOnce;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

function mark<DB>(
  { store }: ServiceQueueOptions<DB>,
  consumer: string,
  eventIds: readonly string[],
  state: 'done' | 'dead',
): Promise<void> {
  if (eventIds.length === 0) return Promise.resolve();
  return runStatement(store.db, (db) => markDone(db, store, consumer, eventIds, state));
}

async function takeAck<DB>(options: ServiceQueueOptions<DB>, ack: AckJob): Promise<void> {
  try {
    await mark(options, ack.consumer, ack.done, 'done');
    await mark(options, ack.consumer, ack.dead, 'dead');
  } catch (error) {
    options.log.warn({ err: error, consumer: ack.consumer }, 'an acknowledgement is retried');
    throw error;
  }
}

/** The next round comes by its schedule, so a failing one is told of and ends. */
async function runSweep<DB>(
  { log }: ServiceQueueOptions<DB>,
  sweep: Sweep | undefined,
): Promise<void> {
  try {
    await sweep?.run();
  } catch (error) {
    log.error({ err: error, sweep: sweep?.name }, 'a sweep failed');
  }
}
