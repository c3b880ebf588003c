import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

export interface RateLimit {
  /** Seconds to wait, or null when the request may pass. */
  take(key: string): Promise<number | null>;
}

/** A limit a minute, counted in Redis; while Redis is away, each process counts for itself. */
export function createRateLimit(options: {
  redis: Redis;
  keyPrefix: string;
  perMinute: number;
}): RateLimit {
  const { redis, keyPrefix, perMinute } = options;
  const limits = { points: perMinute, duration: 60, keyPrefix };
  const limiter = new RateLimiterRedis({
    storeClient: redis,
    ...limits,
    insuranceLimiter: new RateLimiterMemory(limits),
    rejectIfRedisNotReady: true,
  });
  return {
    async take(key) {
      try {
        await limiter.consume(key);
        return null;
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return Math.ceil(refusal.msBeforeNext / 1000);
        throw refusal;
      }
    },
  };
}
