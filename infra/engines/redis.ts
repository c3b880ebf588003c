import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { Stop } from '../bootstrap/stop.mjs';
import { findRedisBinary } from './binaries.ts';
import { startDaemon, waitUntilReady } from './daemon.ts';
import type { Engine, EngineOptions } from './engine.ts';
import { rememberPort } from './ports.ts';
import {
  endProcess,
  findProcesses,
  readWorkingFolder,
  signal,
  waitUntilGone,
} from './processes.ts';
import { rememberSecret } from './secrets.ts';

const startLimitMs = 60_000;
const stopLimitMs = 20_000;

function connectOnce(url: string): Redis {
  const client = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    connectTimeout: 2_000,
  });
  client.on('error', () => {
    // The refusal is the answer.
  });
  return client;
}

/** Name and version of the server, as it tells them. */
export async function readVersion(url: string): Promise<string> {
  const client = connectOnce(url);
  try {
    await client.connect();
    const info = await client.info('server');
    const valkey = /valkey_version:(\S+)/.exec(info)?.[1];
    return valkey === undefined
      ? `Redis ${/redis_version:(\S+)/.exec(info)?.[1] ?? 'unknown'}`
      : `Valkey ${valkey}`;
  } finally {
    client.disconnect();
  }
}

/** Whether a Redis answers there and has loaded its data. */
export async function answersRedis(url: string): Promise<boolean> {
  const client = connectOnce(url);
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    client.disconnect();
  }
}

function writeConfiguration(options: EngineOptions, port: number, password: string): string {
  const file = join(options.dir, 'redis.conf');
  const full = options.durability === 'full';
  const lines = [
    'bind 127.0.0.1',
    `port ${port}`,
    `dir "${options.dir}"`,
    `requirepass ${password}`,
    'daemonize no',
    'maxmemory-policy noeviction',
    ...(options.memoryBytes === undefined ? [] : [`maxmemory ${options.memoryBytes}`]),
    `appendonly ${full ? 'yes' : 'no'}`,
    'appendfsync everysec',
    ...(full ? [] : ['save ""']),
    ...(options.extraArgs ?? []),
  ];
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
  return file;
}

/** Redis rewrites its title on some systems, so leftovers are known by their folder as well. */
async function stopLeftovers(dir: string, say: EngineOptions['say']): Promise<void> {
  const servers = [...findProcesses('redis-server'), ...findProcesses('valkey-server')];
  for (const { pid, command } of servers) {
    if (!command.includes(join(dir, 'redis.conf')) && readWorkingFolder(pid) !== dir) continue;
    say(`stopping a Redis that an earlier run left behind (pid ${pid})`);
    await endProcess(pid, stopLimitMs);
  }
}

async function launch(program: string, dir: string, file: string, url: string): Promise<number> {
  const logFile = join(dir, 'server.log');
  const child = startDaemon({ program, args: [file], logFile });
  return waitUntilReady(child, logFile, () => answersRedis(url), startLimitMs);
}

/**
 * Starts a private Redis in the given folder, with an append-only file and without eviction.
 * Rejects with `Stop` when there is none. A second start finds the data of the first.
 */
export async function startRedis(options: EngineOptions): Promise<Engine> {
  const program = findRedisBinary();
  if (program === null) throw new Stop('no redis-server on this machine');
  mkdirSync(options.dir, { recursive: true, mode: 0o700 });
  const dir = realpathSync(options.dir);
  await stopLeftovers(dir, options.say);
  const port = await rememberPort(join(dir, 'port'));
  const password = rememberSecret(join(dir, 'password'));
  const file = writeConfiguration({ ...options, dir }, port, password);
  const url = `redis://:${password}@127.0.0.1:${port}`;
  const engine: Engine = {
    url,
    pid: await launch(program, dir, file, url),
    description: `${await readVersion(url)}, private, 127.0.0.1:${port}`,
    async stop() {
      await endProcess(engine.pid, stopLimitMs);
    },
    async kill9() {
      signal(engine.pid, 'SIGKILL');
      await waitUntilGone(engine.pid, 10_000);
    },
    async restart() {
      await engine.stop();
      engine.pid = await launch(program, dir, file, url);
    },
  };
  return engine;
}
