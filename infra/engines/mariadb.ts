import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { createConnection } from 'mysql2/promise';
import { Stop } from '../bootstrap/stop.mjs';
import { type DatabaseBinary, findDatabaseBinary } from './binaries.ts';
import { startDaemon, waitUntilReady } from './daemon.ts';
import type { Engine, EngineOptions } from './engine.ts';
import {
  databasePaths,
  defaultBufferPoolBytes,
  initialiseDatabase,
  serverArguments,
  writeAccounts,
} from './mariadb-files.ts';
import { rememberPort } from './ports.ts';
import { endProcess, findProcesses, signal, waitUntilGone } from './processes.ts';
import { rememberSecret } from './secrets.ts';

const startLimitMs = 120_000;
const stopLimitMs = 60_000;

/** Whether a MySQL-family server answers there with this account. */
export async function answersSql(url: string): Promise<boolean> {
  try {
    const connection = await createConnection({ uri: url, connectTimeout: 2_000 });
    await connection.query('SELECT 1');
    await connection.end();
    return true;
  } catch {
    return false;
  }
}

/** Servers of this folder that a killed run left behind would corrupt it when a second one starts. */
async function stopLeftovers(dir: string, say: EngineOptions['say']): Promise<void> {
  for (const { pid } of findProcesses(`--datadir=${databasePaths(dir).data}`)) {
    say(`stopping a database server that an earlier run left behind (pid ${pid})`);
    await endProcess(pid, stopLimitMs);
  }
}

async function launch(
  options: EngineOptions,
  binary: DatabaseBinary,
  port: number,
  url: string,
): Promise<number> {
  const paths = databasePaths(options.dir);
  rmSync(paths.socket, { force: true });
  mkdirSync(paths.temporary, { recursive: true, mode: 0o700 });
  const child = startDaemon({
    program: binary.program,
    args: serverArguments(options, binary, port),
    logFile: paths.log,
  });
  return waitUntilReady(child, paths.log, () => answersSql(url), startLimitMs);
}

/**
 * Starts a private MariaDB or MySQL, whichever is on this machine, in the given folder. Rejects
 * with `Stop` when there is none. A second start finds the data of the first.
 */
export async function startMariadb(given: EngineOptions): Promise<Engine> {
  const binary = findDatabaseBinary();
  if (binary === null) throw new Stop('no mariadbd or mysqld on this machine');
  mkdirSync(given.dir, { recursive: true, mode: 0o700 });
  const options = { ...given, dir: realpathSync(given.dir) };
  await stopLeftovers(options.dir, options.say);
  const paths = databasePaths(options.dir);
  initialiseDatabase(options.dir, binary);
  const password = rememberSecret(paths.password);
  writeAccounts(options.dir, password);
  const port = await rememberPort(paths.port);
  const url = `mysql://ddp:${password}@127.0.0.1:${port}`;
  const poolMib = (options.memoryBytes ?? defaultBufferPoolBytes()) / 1024 / 1024;
  const name = `${binary.kind === 'mysql' ? 'MySQL' : 'MariaDB'} ${binary.version}`;
  const engine: Engine = {
    url,
    pid: await launch(options, binary, port, url),
    description: `${name}, private, 127.0.0.1:${port}, buffer pool ${poolMib} MiB`,
    async stop() {
      await endProcess(engine.pid, stopLimitMs);
      rmSync(paths.socket, { force: true });
    },
    async kill9() {
      signal(engine.pid, 'SIGKILL');
      await waitUntilGone(engine.pid, 10_000);
    },
    async restart() {
      await engine.stop();
      engine.pid = await launch(options, binary, port, url);
    },
  };
  return engine;
}
