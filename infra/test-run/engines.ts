import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { paths } from '../bootstrap/paths.mjs';
import { Stop } from '../bootstrap/stop.mjs';
import type { Say } from '../engines/engine.ts';
import { endProcess, findEngineProcesses } from '../engines/processes.ts';
import { type Engines, provideEngines } from '../engines/provide.ts';
import { startContainers } from './containers.ts';
import { listSlotFolders, takeSlot } from './slot.ts';

const bufferPoolBytes = 512 * 1024 * 1024;

export interface TestEngines extends Engines {
  dir: string;
  prefix: string;
  env: NodeJS.ProcessEnv;
  /** Private engines whose data nobody looks at after the run. */
  isThrowaway: boolean;
  /** Hands the engines over to whoever runs tests next; absent where they are not ours. */
  leaveRunning?: (databasePid: number) => void;
}

/** Ends engines that an earlier `engines --keep` left running. */
export async function stopKeptEngines(say: Say): Promise<void> {
  const data = join(paths.root, '.data');
  for (const dir of listSlotFolders(data)) {
    for (const { pid, command } of findEngineProcesses(dir)) {
      say(`stopping ${command.split(' ')[0]} (pid ${pid})`);
      await endProcess(pid, 20_000);
    }
    rmSync(join(dir, 'holder.json'), { force: true });
  }
}

/** What a killed run left: its data were made for speed, so they are thrown away, not repaired. */
async function discard(dir: string): Promise<void> {
  for (const { pid } of findEngineProcesses(dir)) await endProcess(pid, 5_000);
  for (const name of ['mariadb', 'redis']) {
    rmSync(join(dir, name), { recursive: true, force: true });
  }
}

function describe(engines: Engines, dir: string): TestEngines {
  const prefix = `t${randomBytes(2).toString('hex')}`;
  const env: NodeJS.ProcessEnv = {
    TEST_DATABASE_URL: engines.databaseUrl,
    TEST_REDIS_URL: engines.redisUrl,
    DDP_TEST_PREFIX: prefix,
    DDP_TEST_GIVEN: engines.databaseGiven || engines.redisGiven ? '1' : '0',
  };
  return { ...engines, dir, prefix, env, isThrowaway: false };
}

/** Engines for tests: given ones, those of a running `engines` command, or fresh private ones. */
export async function provideTestEngines(
  kind: 'test' | 'engines',
  containers: boolean,
  say: Say,
): Promise<TestEngines> {
  const slot = takeSlot(join(paths.root, '.data'), kind);
  const given = { databaseUrl: process.env.DATABASE_URL, redisUrl: process.env.REDIS_URL };
  const useRunning = !containers && given.databaseUrl === undefined && given.redisUrl === undefined;
  if (slot.running !== undefined && useRunning) {
    say('using the engines that `node infra/run.mjs engines` keeps running');
    const stop = async () => undefined;
    const none = { databaseGiven: false, redisGiven: false };
    return describe({ ...slot.running, ...none, stop }, slot.dir);
  }
  try {
    const engines = containers
      ? await startContainers(say)
      : await startPrivate(slot.dir, slot.running !== undefined, given, say);
    if (engines.databaseGiven) await assertMayCreateSchemas(engines.databaseUrl);
    slot.publish(engines);
    const stop = async () => {
      await engines.stop();
      slot.release();
    };
    const isThrowaway = !engines.databaseGiven && !engines.redisGiven;
    const described = describe({ ...engines, stop }, slot.dir);
    return { ...described, isThrowaway, leaveRunning: slot.leaveTo };
  } catch (error) {
    slot.release();
    throw error;
  }
}

/** Each test has schemas and accounts of its own, which a given account must be able to make. */
async function assertMayCreateSchemas(databaseUrl: string): Promise<void> {
  const name = `t${randomBytes(4).toString('hex')}_probe`;
  const connection = await createConnection({ uri: databaseUrl, connectTimeout: 5_000 });
  try {
    await connection.query(`CREATE DATABASE ${name}`);
    await connection.query(
      `CREATE USER ${name} IDENTIFIED BY '${randomBytes(16).toString('hex')}'`,
    );
    await connection.query(`GRANT SELECT ON ${name}.* TO ${name}`);
    await connection.query(`DROP USER ${name}`);
  } catch (error) {
    throw new Stop(
      `The account of DATABASE_URL must be able to create databases and users for the tests: ${String(error)}`,
    );
  } finally {
    await connection.query(`DROP DATABASE IF EXISTS ${name}`).catch(() => undefined);
    await connection.end();
  }
}

async function startPrivate(
  dir: string,
  isHeld: boolean,
  given: { databaseUrl: string | undefined; redisUrl: string | undefined },
  say: Say,
): Promise<Engines> {
  if (!isHeld) await discard(dir);
  const memory = { databaseMemoryBytes: bufferPoolBytes };
  return provideEngines({ dir, durability: 'test', say, ...given, ...memory });
}
