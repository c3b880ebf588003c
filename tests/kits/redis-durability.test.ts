import { directoryModule } from '@ddp/directory/module';
import { readRedisDurability } from '@ddp/queue-kit/redis';
import { readTestEngines } from '@ddp/testing/config';
import { createHarness } from '@ddp/testing/module-harness';
import { Redis } from 'ioredis';
import { expect, it } from 'vitest';

const { redisUrl } = readTestEngines();

async function keepsEverything(): Promise<boolean> {
  const redis = new Redis(redisUrl);
  try {
    const reply = (await redis.config('GET', 'appendonly')) as unknown;
    return JSON.stringify(reply).includes('yes');
  } finally {
    redis.disconnect();
  }
}

it('refuses to start in production on a Redis that would forget jobs', async ({ skip }) => {
  skip(await keepsEverything(), 'the given Redis is durable');
  const { isKnown, faults } = await readRedisDurability(redisUrl);
  expect(isKnown).toBe(true);
  expect(faults).toContain('appendonly is no, not yes');
  const start = createHarness({
    modules: [directoryModule],
    environment: { DDP_MODE: 'production' },
  });
  await expect(start).rejects.toThrow('production mode refuses this Redis: appendonly is no');
});
