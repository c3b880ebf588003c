import { once } from 'node:events';
import { Redis } from 'ioredis';

const firstTryMs = 5_000;

/** Connection for producers: fails at once while Redis is away, and soon while it stands still. */
export function openProducerRedis(url: string): Redis {
  return quiet(
    new Redis(url, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      connectTimeout: 5_000,
      commandTimeout: 2_000,
    }),
  );
}

/** Waits until a fresh connection stands, its first try was in vain, or five seconds are over. */
export async function awaitFirstTry(redis: Redis): Promise<void> {
  if (redis.status === 'ready') return;
  await once(redis, 'ready', { signal: AbortSignal.timeout(firstTryMs) }).catch(() => {});
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

export interface RedisDurability {
  /** False where the server refuses to tell its settings, as hosted ones do. */
  isKnown: boolean;
  /** Settings by which it would lose jobs, in plain words. */
  faults: string[];
}

/** Asks a Redis whether it keeps what it is given: no eviction, append-only file on. */
export async function readRedisDurability(url: string): Promise<RedisDurability> {
  const redis = openWorkerRedis(url);
  try {
    const policy = await readSetting(redis, 'maxmemory-policy');
    const appendOnly = await readSetting(redis, 'appendonly');
    if (policy === undefined || appendOnly === undefined) return { isKnown: false, faults: [] };
    const faults = [
      policy === 'noeviction' ? '' : `maxmemory-policy is ${policy}, not noeviction`,
      appendOnly === 'yes' ? '' : `appendonly is ${appendOnly}, not yes`,
    ];
    return { isKnown: true, faults: faults.filter((fault) => fault !== '') };
  } finally {
    redis.disconnect();
  }
}

async function readSetting(redis: Redis, name: string): Promise<string | undefined> {
  const reply = await redis.config('GET', name).catch(() => null);
  if (reply === null) return undefined;
  return Array.isArray(reply) ? String(reply[1]) : (reply as Record<string, string>)[name];
}
