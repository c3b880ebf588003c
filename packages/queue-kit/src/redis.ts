import { Redis } from 'ioredis';

/** Connection for producers: fails at once while Redis is away. */
export function openProducerRedis(url: string): Redis {
  return quiet(
    new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1, connectTimeout: 5_000 }),
  );
}

/** Connection for workers: waits for Redis to come back, as BullMQ asks. */
export function openWorkerRedis(url: string): Redis {
  return quiet(new Redis(url, { maxRetriesPerRequest: null, connectTimeout: 5_000 }));
}

/** ioredis reconnects by itself; without a listener each failed try would be printed. */
function quiet(redis: Redis): Redis {
  redis.on('error', () => {});
  return redis;
}

/** Throws unless Redis keeps what it is given: no eviction, append-only file on. */
export async function checkRedisIsDurable(redis: Redis): Promise<void> {
  const policy = await readSetting(redis, 'maxmemory-policy');
  if (policy !== 'noeviction') {
    throw new Error(`Redis must run with maxmemory-policy noeviction, not ${policy}`);
  }
  const appendOnly = await readSetting(redis, 'appendonly');
  if (appendOnly !== 'yes') throw new Error('Redis must run with appendonly yes');
}

async function readSetting(redis: Redis, name: string): Promise<string | undefined> {
  const reply = (await redis.config('GET', name)) as string[] | Record<string, string>;
  return Array.isArray(reply) ? reply[1] : reply[name];
}
