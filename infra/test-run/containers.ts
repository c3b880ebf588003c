import { GenericContainer, type StartedTestContainer, Wait } from 'testcontainers';
import { Stop } from '../bootstrap/stop.mjs';
import type { Say } from '../engines/engine.ts';
import type { Engines } from '../engines/provide.ts';

const password = 'only-for-this-run';
const databaseImage = process.env.DDP_TEST_DATABASE_IMAGE ?? 'mariadb:11';
const redisImage = process.env.DDP_TEST_REDIS_IMAGE ?? 'redis:7';

function startDatabase(): Promise<StartedTestContainer> {
  return new GenericContainer(databaseImage)
    .withEnvironment({ MARIADB_ROOT_PASSWORD: password, MYSQL_ROOT_PASSWORD: password })
    .withCommand(['--max-connections=400', '--character-set-server=utf8mb4'])
    .withExposedPorts(3306)
    .withWaitStrategy(Wait.forLogMessage(/port: 3306\b/))
    .start();
}

function startRedis(): Promise<StartedTestContainer> {
  return new GenericContainer(redisImage)
    .withCommand(['redis-server', '--maxmemory-policy', 'noeviction', '--appendonly', 'no'])
    .withExposedPorts(6379)
    .withWaitStrategy(Wait.forLogMessage('Ready to accept connections'))
    .start();
}

function addressOf(container: StartedTestContainer, port: number): string {
  return `${container.getHost()}:${container.getMappedPort(port)}`;
}

/** Both engines in containers of their own, chosen by `npm test -- --containers`. */
export async function startContainers(say: Say): Promise<Engines> {
  const started = await Promise.allSettled([startDatabase(), startRedis()]);
  const running = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const stop = async () => {
    for (const container of running) await container.stop();
  };
  const [database, redis] = running;
  if (database === undefined || redis === undefined) {
    await stop();
    const failed = started.find((each) => each.status === 'rejected');
    throw new Stop(`Containers could not be started: ${failed?.reason}`);
  }
  say(`${databaseImage} and ${redisImage} in containers`);
  return {
    databaseUrl: `mysql://root:${password}@${addressOf(database, 3306)}`,
    redisUrl: `redis://${addressOf(redis, 6379)}`,
    databaseGiven: false,
    redisGiven: false,
    stop,
  };
}
