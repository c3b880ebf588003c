import { openProducerRedis } from '@ddp/queue-kit/redis';
import { readTestEngines } from '@ddp/testing/config';
import { openTcpProxy } from '@ddp/testing/tcp-proxy';
import { expect, it } from 'vitest';

it('a Redis that stands still fails a producer within seconds, and again each time', async () => {
  const frozen = await openTcpProxy(readTestEngines().redisUrl);
  const redis = openProducerRedis(frozen.url);
  await new Promise((resolve) => redis.once('ready', resolve));
  expect(await redis.get('nothing')).toBeNull();
  // The connection stands and takes commands; no answer comes while this test lasts.
  frozen.delay(20_000);
  for (let time = 1; time <= 2; time += 1) {
    const startedAt = performance.now();
    await expect(redis.get('nothing')).rejects.toThrow('Command timed out');
    expect(performance.now() - startedAt).toBeLessThan(4_000);
  }
  redis.disconnect();
  await frozen.close();
});
