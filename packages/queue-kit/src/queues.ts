import { Queue } from 'bullmq';
import { openProducerRedis } from './redis.ts';

/** The queues a service adds to, opened when first needed, over one connection. */
export function openQueues(redisUrl: string, redisPrefix: string) {
  const redis = openProducerRedis(redisUrl);
  const prefix = `{${redisPrefix}}`;
  const queues = new Map<string, Queue>();
  return {
    redis,
    prefix,
    queueOf(name: string): Queue {
      const known = queues.get(name);
      if (known) return known;
      const queue = new Queue(name, { connection: redis, prefix });
      // The relay and the reconciler try again by themselves; an unheard error would end the process.
      queue.on('error', () => {});
      queues.set(name, queue);
      return queue;
    },
    async close(): Promise<void> {
      for (const queue of queues.values()) await queue.close();
      redis.disconnect();
    },
  };
}

export type Queues = ReturnType<typeof openQueues>;
