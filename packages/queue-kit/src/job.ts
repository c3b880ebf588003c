import type { ServiceName } from '@ddp/contracts/service-name';
import type { ServiceStore } from '@ddp/db-kit/command';
import type { Delivery } from './inbox.ts';
import type { QueueIntervals } from './intervals.ts';

/** Tries before a delivery that nothing is wrong with but its content is buried. */
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
  /** True when another service could not be asked: the event waits for it, however long. */
  isPeerAway: (error: unknown) => boolean;
}

/** How the ids of jobs begin that bring a dead letter again. */
export const replayPrefix = 'replay-';

/** The data of an event's job: ids and codes, never a name, a phone number or a secret. */
export type EventJob = Delivery;

/** Which events of a producer had their effect in a consumer, and which are buried there. */
export interface AckJob {
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
