import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { Stop } from '../bootstrap/stop.mjs';
import { type DatabaseBinary, findProgram } from './binaries.ts';
import type { EngineOptions } from './engine.ts';

const mebibyte = 1024 * 1024;

/** The files of one private database server. */
export function databasePaths(dir: string) {
  const key = createHash('sha256').update(dir).digest('hex').slice(0, 10);
  return {
    data: join(dir, 'data'),
    whole: join(dir, 'initialised'),
    log: join(dir, 'server.log'),
    port: join(dir, 'port'),
    password: join(dir, 'password'),
    accounts: join(dir, 'accounts.sql'),
    // A server that starts removes temporary tables it finds, also those of another server.
    temporary: join(dir, 'tmp'),
    // A socket's path may have 107 bytes at most, and a project may lie deep.
    socket: join(tmpdir(), `ddp-${key}.sock`),
  };
}

/** A quarter of the machine's memory, from 256 MiB to 8 GiB. */
export function defaultBufferPoolBytes(): number {
  const quarter = Math.floor(totalmem() / 4 / mebibyte) * mebibyte;
  return Math.min(Math.max(quarter, 256 * mebibyte), 8192 * mebibyte);
}

function userOption(): string[] {
  return process.getuid?.() === 0 ? ['--user=root'] : [];
}

/** Makes the system tables. A folder that a killed run left half made is made again. */
export function initialiseDatabase(dir: string, binary: DatabaseBinary): void {
  const paths = databasePaths(dir);
  if (existsSync(paths.whole)) return;
  rmSync(paths.data, { recursive: true, force: true });
  mkdirSync(paths.data, { recursive: true, mode: 0o700 });
  const [program, args] = initialisation(binary, paths.data);
  try {
    execFileSync(program, args, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
  } catch (error) {
    throw new Stop(`${program} could not make ${paths.data}: ${(error as Error).message}`);
  }
  writeFileSync(paths.whole, `${binary.kind} ${binary.version}\n`);
}

function initialisation(binary: DatabaseBinary, data: string): [string, string[]] {
  if (binary.kind === 'mysql') {
    const args = ['--no-defaults', '--initialize-insecure', `--datadir=${data}`, ...userOption()];
    return [binary.program, args];
  }
  const script = findProgram('mariadb-install-db', 'mysql_install_db');
  if (script === null) {
    throw new Stop('mariadb-install-db is missing beside mariadbd: install mariadb-server-core.');
  }
  return [
    script,
    [
      '--no-defaults',
      `--datadir=${data}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      '--skip-name-resolve',
      ...(dirname(binary.program) === '/usr/sbin' ? [] : [`--basedir=${basedirOf(binary)}`]),
      ...userOption(),
    ],
  ];
}

function basedirOf(binary: DatabaseBinary): string {
  return dirname(dirname(binary.program));
}

/** SQL that the server runs at each start: one account with a password, no open ones. */
export function writeAccounts(dir: string, password: string): void {
  const paths = databasePaths(dir);
  const host = hostname().replaceAll(/[^\w.-]/g, '');
  const open = ["'root'@'127.0.0.1'", "'root'@'::1'", "''@'localhost'", `'root'@'${host}'`];
  const lines = [
    `CREATE USER IF NOT EXISTS 'ddp'@'%' IDENTIFIED BY '${password}';`,
    `ALTER USER 'ddp'@'%' IDENTIFIED BY '${password}';`,
    "GRANT ALL PRIVILEGES ON *.* TO 'ddp'@'%' WITH GRANT OPTION;",
    `ALTER USER IF EXISTS 'root'@'localhost' IDENTIFIED BY '${password}';`,
    ...[...open, `''@'${host}'`].map((user) => `DROP USER IF EXISTS ${user};`),
  ];
  writeFileSync(paths.accounts, `${lines.join('\n')}\n`, { mode: 0o600 });
}

/** The command line of the server. */
export function serverArguments(
  options: EngineOptions,
  binary: DatabaseBinary,
  port: number,
): string[] {
  const paths = databasePaths(options.dir);
  const pool = options.memoryBytes ?? defaultBufferPoolBytes();
  const full = options.durability === 'full';
  return [
    '--no-defaults',
    `--datadir=${paths.data}`,
    ...userOption(),
    '--bind-address=127.0.0.1',
    `--port=${port}`,
    `--socket=${paths.socket}`,
    `--tmpdir=${paths.temporary}`,
    `--pid-file=${join(options.dir, 'server.pid')}`,
    `--init-file=${paths.accounts}`,
    '--skip-name-resolve',
    '--skip-log-bin',
    '--max-connections=400',
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_unicode_ci',
    `--innodb-buffer-pool-size=${pool}`,
    `--innodb-flush-log-at-trx-commit=${full ? 1 : 0}`,
    ...(full ? [] : ['--skip-innodb-doublewrite']),
    ...(binary.kind === 'mysql' ? ['--mysqlx=OFF'] : []),
    ...(options.extraArgs ?? []),
  ];
}
