import { Kysely, MysqlAdapter, MysqlIntrospector, MysqlQueryCompiler, sql } from 'kysely';
import { createPool, format } from 'mysql2';
import { GuardedMysqlDriver } from './driver.ts';
import { acquireMigrationLease, releaseMigrationLease } from './migration-lease.ts';

export interface DatabaseOptions {
  /** mysql://user:password@host:port/schema */
  url: string;
  poolSize?: number;
  /** Requests that may wait for a connection; one more is refused at once. */
  queueLimit?: number;
  acquireTimeoutMs?: number;
  queryTimeoutMs?: number;
}

/** For queries over whole tables, on connections of their own: a key that is made, a count that is rebuilt. */
export const longTimeoutMs = 2 * 3_600_000;

const timezone = 'Z';

/** The driver would go through a statement letter by letter also where there is no value to put in. */
function putValues(text: string, values: Parameters<typeof format>[1]): string {
  return Array.isArray(values) && values.length === 0 ? text : format(text, values, true, timezone);
}

/** The driver settings every connection of the house is opened with. */
export function connectionSettings(url: string) {
  return {
    uri: url,
    timezone,
    charset: 'utf8mb4_unicode_ci',
    supportBigNumbers: true,
    bigNumberStrings: false,
    dateStrings: ['DATE' as const],
    stringifyObjects: true,
    queryFormat: putValues,
    multipleStatements: false,
    enableKeepAlive: true,
    connectTimeout: 5_000,
  };
}

class PortableMysqlAdapter extends MysqlAdapter {
  override acquireMigrationLock = acquireMigrationLease;
  override releaseMigrationLock = releaseMigrationLease;
}

/**
 * Opens a pool on one schema. Values come back as: BIGINT a number when safe, DATETIME(3) a Date in
 * UTC, DATE a `YYYY-MM-DD` string, BINARY a Buffer. Every session runs READ COMMITTED, strict, UTC.
 */
export function openDatabase<DB>(options: DatabaseOptions): Kysely<DB> {
  const pool = createPool({
    ...connectionSettings(options.url),
    connectionLimit: options.poolSize ?? 10,
    queueLimit: options.queueLimit ?? 500,
    maxIdle: options.poolSize ?? 10,
    idleTimeout: 60_000,
  });
  const driver = new GuardedMysqlDriver(pool, {
    acquireTimeoutMs: options.acquireTimeoutMs ?? 5_000,
    queryTimeoutMs: options.queryTimeoutMs ?? 20_000,
  });
  return new Kysely<DB>({
    dialect: {
      createAdapter: () => new PortableMysqlAdapter(),
      createDriver: () => driver,
      createIntrospector: (db) => new MysqlIntrospector(db),
      createQueryCompiler: () => new MysqlQueryCompiler(),
    },
  });
}

/** Refuses a server whose SQL mode would break the driver's escaping of values. */
export async function checkDatabase<DB>(db: Kysely<DB>): Promise<void> {
  const { rows } = await sql<{ mode: string }>`SELECT @@SESSION.sql_mode AS mode`.execute(db);
  const mode = rows[0]?.mode ?? '';
  if (mode.includes('NO_BACKSLASH_ESCAPES') || !mode.includes('STRICT_TRANS_TABLES')) {
    throw new Error(`the database session runs an unsafe sql_mode: ${mode}`);
  }
}
