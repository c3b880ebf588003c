import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { paths } from '../bootstrap/paths.mjs';
import type { Say } from '../engines/engine.ts';
import { endProcess, findEngineProcesses } from '../engines/processes.ts';
import { type Engines, provideEngines } from '../engines/provide.ts';
import type { StartableService } from '../processes/program.ts';
import type { Pace } from './load/load.ts';
import type { Measurement } from './measurement.ts';
import { type StartedServer, startServer, startServices, type Undo } from './start-servers.ts';

/** A bench, one a file in `benches/`. */
export interface Bench {
  /** As people ask for it: `http.bare`. */
  name: string;
  /** Takes many minutes: run only when it is named, or with `--large`. */
  isLarge?: boolean;
  run(context: BenchContext): Promise<Measurement[]>;
}

/** What a bench works with. Whatever it starts is stopped when it ends. */
export interface BenchContext {
  pace: Pace;
  say: Say;
  /** Empty durable engines of this bench run; the same for all benches of one run. */
  engines(): Promise<Engines>;
  /** DATABASE_URL and its like for a service of its own schemas and keys. */
  environment(): Promise<NodeJS.ProcessEnv>;
  /** Starts a program that serves `/healthz` on the port in PORT; a `.ts` file runs by tsx. */
  startServer(name: string, script: string, env?: NodeJS.ProcessEnv): Promise<StartedServer>;
  /** Starts built services, one process each, that find one another. */
  startServices<N extends StartableService>(
    names: readonly N[],
    env: NodeJS.ProcessEnv,
  ): Promise<Record<N, StartedServer>>;
}

const dir = join(paths.root, '.data', 'bench');

async function startEngines(say: Say, undo: Undo): Promise<Engines> {
  for (const { pid } of findEngineProcesses(dir)) await endProcess(pid, 10_000);
  for (const name of ['mariadb', 'redis'])
    rmSync(join(dir, name), { recursive: true, force: true });
  const engines = await provideEngines({ dir, durability: 'full', say });
  undo.push(engines.stop);
  return engines;
}

/** A context for one bench, and the function that stops what that bench started. */
export function createBenchContext(
  pace: Pace,
  say: Say,
  engines: () => Promise<Engines>,
): { context: BenchContext; close(): Promise<void> } {
  const undo: Undo = [];
  const environment = async () => {
    const { databaseUrl, redisUrl } = await engines();
    const prefix = `b${randomBytes(2).toString('hex')}`;
    return {
      DATABASE_URL: databaseUrl,
      DATABASE_PREFIX: prefix,
      REDIS_URL: redisUrl,
      REDIS_PREFIX: prefix,
      DDP_MASTER_KEY: `k1:${randomBytes(32).toString('base64')}`,
      DDP_LOG_LEVEL: 'warn',
    };
  };
  const context: BenchContext = {
    pace,
    say,
    engines,
    environment,
    startServer: (name, script, env = {}) => startServer(undo, name, script, env),
    startServices: (names, env) => startServices(undo, names, env),
  };
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  return { context, close };
}

/** Engines that start when the first bench wants them, and end with the run. */
export function createSharedEngines(say: Say) {
  const undo: Undo = [];
  let started: Promise<Engines> | undefined;
  return {
    engines: () => {
      started ??= startEngines(say, undo);
      return started;
    },
    close: async () => {
      for (const step of undo.splice(0)) await step();
    },
  };
}
