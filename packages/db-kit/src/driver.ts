import type {
  CompiledQuery,
  DatabaseConnection,
  Driver,
  QueryResult,
  TransactionSettings,
} from 'kysely';
import { CompiledQuery as Query } from 'kysely';
import type { Pool, PoolConnection } from 'mysql2';
import {
  classifyDatabaseError,
  isClosed,
  PoolBusyError,
  type TransactionPhase,
  tagPhase,
} from './errors.ts';

export interface DriverOptions {
  acquireTimeoutMs: number;
  queryTimeoutMs: number;
}

const sessionSetup = [
  // Shorter than every deadline of ours, so that a wait ends in an error that is tried again.
  'SET SESSION innodb_lock_wait_timeout = 5',
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  `SET SESSION time_zone = '+00:00'`,
  `SET SESSION sql_mode = 'STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'`,
];

/** How long the server goes on with a statement that its client has given up. */
const graceMs = 1_000;

/** Ends statements at the server too: a client that hangs up stops none. */
function limitStatements(version: string, queryTimeoutMs: number): string {
  const limitMs = queryTimeoutMs + graceMs;
  return version.includes('MariaDB')
    ? `SET SESSION max_statement_time = ${limitMs / 1_000}`
    : `SET SESSION max_execution_time = ${limitMs}`;
}

const prepared = new WeakSet<PoolConnection>();

/**
 * A kysely driver over a mysql2 pool that tells in which phase an error came, never lets a failing
 * ROLLBACK hide the error before it, and destroys a connection whose state is in doubt.
 */
export class GuardedMysqlDriver implements Driver {
  readonly #pool: Pool;
  readonly #options: DriverOptions;

  constructor(pool: Pool, options: DriverOptions) {
    this.#pool = pool;
    this.#options = options;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const raw = await this.#reserve();
    const connection = new GuardedConnection(raw, this.#options.queryTimeoutMs);
    if (!prepared.has(raw)) {
      try {
        await prepare(connection, this.#options.queryTimeoutMs);
        prepared.add(raw);
      } catch (error) {
        raw.destroy();
        throw error;
      }
    }
    return connection;
  }

  async beginTransaction(
    connection: DatabaseConnection,
    settings: TransactionSettings,
  ): Promise<void> {
    const statement =
      settings.accessMode === 'read only' ? 'START TRANSACTION READ ONLY' : 'START TRANSACTION';
    await runPhase(connection, 'begin', statement);
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await runPhase(connection, 'commit', 'COMMIT');
    } catch (error) {
      asGuarded(connection).isBroken = true;
      throw error;
    }
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    const guarded = asGuarded(connection);
    if (guarded.isBroken) return;
    try {
      await runPhase(connection, 'rollback', 'ROLLBACK');
    } catch {
      guarded.isBroken = true;
    }
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    asGuarded(connection).release();
  }

  async destroy(): Promise<void> {
    await new Promise<void>((resolve) => this.#pool.end(() => resolve()));
  }

  #reserve(): Promise<PoolConnection> {
    return new Promise((resolve, reject) => {
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        reject(new PoolBusyError('no database connection became free in time'));
      }, this.#options.acquireTimeoutMs);
      this.#pool.getConnection((error, connection) => {
        clearTimeout(timer);
        if (isLate) connection?.release();
        else if (error) reject(queueFull(error) ?? tagPhase(error, 'acquire'));
        else resolve(connection);
      });
    });
  }
}

function queueFull(error: Error): PoolBusyError | undefined {
  return error.message.includes('Queue limit reached')
    ? new PoolBusyError('too many requests wait for a database connection')
    : undefined;
}

function asGuarded(connection: DatabaseConnection): GuardedConnection {
  if (connection instanceof GuardedConnection) return connection;
  throw new TypeError('not a connection of this driver');
}

async function runPhase<R>(
  connection: DatabaseConnection,
  phase: Exclude<TransactionPhase, 'body'>,
  statement: string,
): Promise<QueryResult<R>> {
  try {
    return await connection.executeQuery<R>(Query.raw(statement));
  } catch (error) {
    // The connection marks every error as met in a body; the phase is known better here. A COMMIT
    // that never left leaves no doubt about its outcome.
    if (error instanceof Error && !(phase === 'commit' && isClosed(error))) {
      Object.assign(error, { phase });
    }
    throw error;
  }
}

async function prepare(connection: GuardedConnection, queryTimeoutMs: number): Promise<void> {
  for (const statement of sessionSetup) await runPhase(connection, 'acquire', statement);
  const told = await runPhase<{ version: string }>(
    connection,
    'acquire',
    'SELECT VERSION() AS version',
  );
  const limit = limitStatements(told.rows[0]?.version ?? '', queryTimeoutMs);
  await runPhase(connection, 'acquire', limit);
}

interface WriteResult {
  affectedRows: number;
}

/** A value may itself hold quotes: it ends where the server's last words begin, or the message ends. */
const quotedValues = [
  /(Duplicate entry) '.*'(?= for key '[^']*'$)/s,
  /(value:?) '.*'(?= for column ['`][^']*['`] at row \d+$| for function \w+$)/s,
  /(near) '.*'(?= at line \d+$)/s,
  /(Duplicate entry|value:?|near) '.*'$/s,
];

/**
 * Takes people's words out of an error before anybody can log it: the statement, in which the driver
 * has put every value, and the value that a server's message quotes.
 */
function withoutValues<E extends Error>(error: E): E {
  const { message, stack } = error;
  const clean = quotedValues.reduce((text, quoted) => text.replace(quoted, '$1 …'), message);
  for (const field of ['sql', 'sqlMessage']) Reflect.deleteProperty(error, field);
  return Object.assign(error, { message: clean, stack: stack?.replace(message, () => clean) });
}

class GuardedConnection implements DatabaseConnection {
  isBroken = false;
  readonly #raw: PoolConnection;
  readonly #timeoutMs: number;

  constructor(raw: PoolConnection, timeoutMs: number) {
    this.#raw = raw;
    this.#timeoutMs = timeoutMs;
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return new Promise((resolve, reject) => {
      const options = { sql: query.sql, values: [...query.parameters], timeout: this.#timeoutMs };
      this.#raw.query(options, (error, result) => {
        if (error) {
          const sort = classifyDatabaseError(error);
          if (sort === 'connection-lost' || sort === 'not-ready') this.isBroken = true;
          reject(tagPhase(withoutValues(error), 'body'));
        } else if (Array.isArray(result)) {
          resolve({ rows: result as R[] });
        } else {
          const { affectedRows } = result as unknown as WriteResult;
          resolve({ rows: [], numAffectedRows: BigInt(affectedRows) });
        }
      });
    });
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    const stream = this.#raw.query(query.sql, [...query.parameters]).stream({ highWaterMark: 200 });
    try {
      for await (const row of stream) yield { rows: [row as R] };
    } catch (error) {
      throw error instanceof Error ? withoutValues(error) : error;
    }
  }

  release(): void {
    if (this.isBroken) this.#raw.destroy();
    else this.#raw.release();
  }
}
