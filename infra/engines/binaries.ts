import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Servers live in sbin, which the PATH of an ordinary user often lacks. */
const extraFolders = [
  '/usr/sbin',
  '/usr/local/sbin',
  '/usr/libexec',
  '/opt/homebrew/bin',
  '/opt/homebrew/opt/mariadb/bin',
  '/opt/homebrew/opt/mysql/bin',
  '/usr/local/mysql/bin',
];

/** The path of the first of these programs that can be run here, or null. */
export function findProgram(...names: string[]): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...extraFolders];
  for (const name of names) {
    for (const folder of folders) {
      const file = join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not in this folder.
      }
    }
  }
  return null;
}

/** A database server found on this machine. */
export interface DatabaseBinary {
  program: string;
  kind: 'mariadb' | 'mysql';
  version: string;
}

/** What MariaDB needs beside its server to make the system tables of a new folder. */
function canInitialiseMariadb(): boolean {
  return (
    findProgram('mariadb-install-db', 'mysql_install_db') !== null &&
    findProgram('my_print_defaults') !== null
  );
}

/** Finds a whole `mariadbd` or `mysqld`, and asks which of the two it really is. */
export function findDatabaseBinary(): DatabaseBinary | null {
  const program = findProgram('mariadbd', 'mysqld');
  if (program === null) return null;
  const text = execFileSync(program, ['--no-defaults', '--version'], { encoding: 'utf8' });
  const version = /Ver (\d+\.\d+\.\d+)/.exec(text)?.[1] ?? 'unknown';
  if (!/mariadb/i.test(text)) return { program, kind: 'mysql', version };
  return canInitialiseMariadb() ? { program, kind: 'mariadb', version } : null;
}

/** Finds `redis-server`, or Valkey, which speaks the same. */
export function findRedisBinary(): string | null {
  return findProgram('redis-server', 'valkey-server');
}
