import { join } from 'node:path';
import { Stop } from '../bootstrap/stop.mjs';
import { canInstall, installPackages } from './apt.ts';
import { findDatabaseBinary, findRedisBinary } from './binaries.ts';
import { isDockerThere, startMariadbContainer, startRedisContainer } from './docker.ts';
import type { Engine, EngineOptions, Say } from './engine.ts';
import { answersSql, startMariadb } from './mariadb.ts';
import { answersRedis, startRedis } from './redis.ts';

/** The server, and `my_print_defaults`, which the making of system tables wants; no init script. */
const databasePackages = ['mariadb-server-core', 'mariadb-client-core'];

export interface ProvideOptions {
  /** Folder for the private instances; `mariadb/` and `redis/` are made in it. */
  dir: string;
  durability: 'full' | 'test';
  say: Say;
  /** Addresses of servers that are already there; the others are started. */
  databaseUrl?: string | undefined;
  redisUrl?: string | undefined;
  /** Buffer pool of a private database, instead of a quarter of the memory. */
  databaseMemoryBytes?: number;
}

export interface Engines {
  databaseUrl: string;
  redisUrl: string;
  /** Whether the address was given from outside, so that nothing there may be flushed or killed. */
  databaseGiven: boolean;
  redisGiven: boolean;
  /** Process id of the database when this call started it. */
  databasePid?: number | undefined;
  /** Stops what this call started, and nothing else. */
  stop(): Promise<void>;
}

async function useGiven(name: string, url: string, answers: (url: string) => Promise<boolean>) {
  if (await answers(url)) return;
  const { host } = new URL(url);
  throw new Stop(`${name} is set, but the server at ${host} does not answer with this account.`);
}

async function installMissing(options: ProvideOptions): Promise<void> {
  const wanted: string[] = [];
  if (options.databaseUrl === undefined && findDatabaseBinary() === null) {
    wanted.push(...databasePackages);
  }
  if (options.redisUrl === undefined && findRedisBinary() === null) wanted.push('redis-server');
  if (wanted.length > 0 && canInstall()) await installPackages(wanted, options.say);
}

async function explainMissing(kind: string, variable: string, packages: string): Promise<Stop> {
  const reason = process.env.DDP_INSTALL === '0' ? ' (DDP_INSTALL=0)' : '';
  return new Stop(
    [
      `There is no ${kind} to use, none could be installed${reason}, and no Docker answers. Either:`,
      `  set ${variable} to a server that is already there,`,
      `  or install one, for example: apt-get install --no-install-recommends ${packages},`,
      '  or start Docker.',
    ].join('\n'),
  );
}

async function startDatabase(options: ProvideOptions): Promise<Engine> {
  const engineOptions: EngineOptions = {
    dir: join(options.dir, 'mariadb'),
    durability: options.durability,
    say: options.say,
    ...(options.databaseMemoryBytes === undefined
      ? {}
      : { memoryBytes: options.databaseMemoryBytes }),
  };
  if (findDatabaseBinary() !== null) return startMariadb(engineOptions);
  if (await isDockerThere()) return startMariadbContainer(engineOptions);
  throw await explainMissing('MariaDB or MySQL', 'DATABASE_URL', databasePackages.join(' '));
}

async function startQueueStore(options: ProvideOptions): Promise<Engine> {
  const { durability, say } = options;
  const engineOptions: EngineOptions = { dir: join(options.dir, 'redis'), durability, say };
  if (findRedisBinary() !== null) return startRedis(engineOptions);
  if (await isDockerThere()) return startRedisContainer(engineOptions);
  throw await explainMissing('Redis', 'REDIS_URL', 'redis-server');
}

/**
 * A database and a Redis, by the first way that works: addresses given, programs on this machine,
 * packages installed as root, containers. Throws `Stop` with what to do when none does.
 */
export async function provideEngines(options: ProvideOptions): Promise<Engines> {
  const { databaseUrl, redisUrl } = options;
  if (databaseUrl !== undefined) await useGiven('DATABASE_URL', databaseUrl, answersSql);
  if (redisUrl !== undefined) await useGiven('REDIS_URL', redisUrl, answersRedis);
  await installMissing(options);
  const started: Engine[] = [];
  const stop = async () => {
    for (const engine of started.splice(0).reverse()) await engine.stop();
  };
  try {
    if (databaseUrl === undefined) started.push(await startDatabase(options));
    const [database] = started;
    const redis = redisUrl === undefined ? await startQueueStore(options) : undefined;
    if (redis !== undefined) started.push(redis);
    for (const engine of started) options.say(engine.description);
    return {
      databaseUrl: databaseUrl ?? database?.url ?? '',
      redisUrl: redisUrl ?? redis?.url ?? '',
      databaseGiven: databaseUrl !== undefined,
      redisGiven: redisUrl !== undefined,
      databasePid: database?.pid,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
