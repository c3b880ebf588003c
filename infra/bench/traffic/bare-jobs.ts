import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { mapConcurrently } from '../concurrently.ts';
import type { Load } from '../load/load.ts';
import { toSample } from '../load/to-sample.ts';
import type { Sample } from '../measurement.ts';
import { waitFor } from '../wait-for.ts';
import { bareQueue } from './bare-queue.ts';

export interface BareJobsConfig {
  redisUrl: string;
  redisPrefix: string;
  jobs: number;
}

async function readCompleted(url: string): Promise<number> {
  return Number(await (await fetch(url)).text());
}

/** Adds jobs one by one, some at a time, and waits until the bare worker has done the last. */
async function runJobs(load: Load, queue: Queue, jobs: number): Promise<Sample> {
  const before = await readCompleted(load.url);
  const numbers = Array.from({ length: jobs }, (_, index) => index);
  const latencies: number[] = [];
  const startedAt = performance.now();
  await mapConcurrently(numbers, load.connections, async (number) => {
    const addedAt = performance.now();
    await queue.add('nothing', { number }, { removeOnComplete: true });
    latencies.push(performance.now() - addedAt);
  });
  await waitFor('the last job', async () =>
    (await readCompleted(load.url)) - before >= jobs ? true : null,
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  return toSample(latencies, jobs, 0, seconds);
}

/** The same number of jobs twice: the first time warms both processes up. */
export async function measure(load: Load): Promise<Sample> {
  const { redisUrl, redisPrefix, jobs } = load.config as BareJobsConfig;
  const connection = new Redis(redisUrl);
  const queue = new Queue(bareQueue, { connection, prefix: redisPrefix });
  await runJobs(load, queue, jobs);
  const sample = await runJobs(load, queue, jobs);
  await queue.close();
  connection.disconnect();
  return sample;
}
