import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Stop } from '../bootstrap/stop.mjs';
import { findProgram } from './binaries.ts';
import type { Engine, EngineOptions } from './engine.ts';
import { answersSql } from './mariadb.ts';
import { rememberPort } from './ports.ts';
import { answersRedis } from './redis.ts';
import { rememberSecret } from './secrets.ts';

const run = promisify(execFile);
const limitMs = 60_000;

/** Whether a container engine answers here within a few seconds. */
export async function isDockerThere(): Promise<boolean> {
  if (findProgram('docker') === null) return false;
  try {
    await run('docker', ['info'], { timeout: 5_000 });
    return true;
  } catch {
    return false;
  }
}

interface ContainerKind {
  image: string;
  innerPort: number;
  environment(password: string): string[];
  command(options: EngineOptions, password: string): string[];
  volume: string;
  url(password: string, port: number): string;
  answers(url: string): Promise<boolean>;
}

const mariadb: ContainerKind = {
  image: 'mariadb:11',
  innerPort: 3306,
  environment: (password) => [`MARIADB_ROOT_PASSWORD=${password}`],
  command: (options) => [
    '--max-connections=400',
    '--skip-name-resolve',
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_unicode_ci',
    `--innodb-flush-log-at-trx-commit=${options.durability === 'full' ? 1 : 0}`,
  ],
  volume: '/var/lib/mysql',
  url: (password, port) => `mysql://root:${password}@127.0.0.1:${port}`,
  answers: answersSql,
};

const redis: ContainerKind = {
  image: 'redis:7',
  innerPort: 6379,
  environment: () => [],
  command: (options, password) => [
    'redis-server',
    '--requirepass',
    password,
    '--maxmemory-policy',
    'noeviction',
    '--appendonly',
    options.durability === 'full' ? 'yes' : 'no',
  ],
  volume: '/data',
  url: (password, port) => `redis://:${password}@127.0.0.1:${port}`,
  answers: answersRedis,
};

async function docker(args: string[], timeout = limitMs): Promise<string> {
  try {
    return (await run('docker', args, { timeout })).stdout.trim();
  } catch (error) {
    throw new Stop(`docker ${args[0]} failed: ${(error as Error).message}`);
  }
}

async function waitForAnswer(kind: ContainerKind, url: string, deadline: number): Promise<void> {
  while (!(await kind.answers(url))) {
    if (Date.now() > deadline) throw new Stop(`${kind.image} did not answer within 60 seconds.`);
    await sleep(200);
  }
}

async function startContainer(kind: ContainerKind, options: EngineOptions): Promise<Engine> {
  const deadline = Date.now() + limitMs;
  mkdirSync(options.dir, { recursive: true, mode: 0o700 });
  const key = createHash('sha256').update(options.dir).digest('hex').slice(0, 10);
  const name = `ddp-${key}`;
  const port = await rememberPort(join(options.dir, 'container-port'));
  const password = rememberSecret(join(options.dir, 'password'));
  await docker(['rm', '--force', name]);
  const environment = kind.environment(password).flatMap((entry) => ['--env', entry]);
  const publish = `127.0.0.1:${port}:${kind.innerPort}`;
  const mount = `${name}:${kind.volume}`;
  const where = ['--name', name, '--publish', publish, '--volume', mount];
  const command = kind.command(options, password);
  await docker(['run', '--detach', ...where, ...environment, kind.image, ...command]);
  const url = kind.url(password, port);
  await waitForAnswer(kind, url, deadline);
  return {
    url,
    pid: 0,
    description: `${kind.image} in Docker, 127.0.0.1:${port}`,
    stop: async () => void (await docker(['rm', '--force', name])),
    kill9: async () => void (await docker(['kill', name])),
    restart: async () => {
      await docker(['restart', name]);
      await waitForAnswer(kind, url, Date.now() + limitMs);
    },
  };
}

/** MariaDB in a container, with its data in a named volume. */
export function startMariadbContainer(options: EngineOptions): Promise<Engine> {
  return startContainer(mariadb, options);
}

/** Redis in a container, with its data in a named volume. */
export function startRedisContainer(options: EngineOptions): Promise<Engine> {
  return startContainer(redis, options);
}
