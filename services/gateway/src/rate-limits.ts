import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { within } from './within.ts';

export interface RateLimit {
  /** Seconds to wait, or null when the request may pass. */
  take(key: string): Promise<number | null>;
}

const redisLimitMs = 250;
/** A Redis that failed or froze is asked again after so long; until then nobody waits for it. */
const redisRestMs = 1_000;

/** A limit a minute, counted in Redis; while Redis is away or slow, each process counts alone. */
export function createRateLimit(options: {
  redis: Redis;
  keyPrefix: string;
  perMinute: number;
}): RateLimit {
  const { redis, keyPrefix, perMinute } = options;
  const limits = { points: perMinute, duration: 60, keyPrefix };
  const shared = new RateLimiterRedis({ storeClient: redis, ...limits });
  const own = new RateLimiterMemory(limits);
  let restsUntil = 0;

  async function consume(key: string): Promise<unknown> {
    if (redis.status !== 'ready' || performance.now() < restsUntil) return own.consume(key);
    try {
      return await within(redisLimitMs, shared.consume(key));
    } catch (error) {
      if (error instanceof RateLimiterRes) throw error;
      restsUntil = performance.now() + redisRestMs;
      return own.consume(key);
    }
  }

  return {
    async take(key) {
      try {
        await consume(key);
        return null;
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return Math.ceil(refusal.msBeforeNext / 1000);
        throw refusal;
      }
    },
  };
}
