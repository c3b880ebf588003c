import { connectionSettings } from '@ddp/db-kit/database';
import type { SqlRunner } from '@ddp/ledger/ledger';
import type { Environment, HostConfig } from '@ddp/service-kit/config';
import { createConnection, type RowDataPacket } from 'mysql2/promise';

/** Reads one service's schema and cannot write to it. */
export interface Reader extends SqlRunner {
  query(sql: string, values?: readonly unknown[]): Promise<RowDataPacket[]>;
  close(): Promise<void>;
}

/** Opens a service's schema for reading only, wherever the service keeps it. */
export async function openReader(
  environment: Environment,
  host: HostConfig,
  service: string,
): Promise<Reader> {
  const own = environment[`${service.toUpperCase()}_DATABASE_URL`];
  const url = own ?? host.DATABASE_URL;
  if (!url) throw new Error('set DATABASE_URL to say which database is to be audited');
  const connection = await createConnection(connectionSettings(url));
  if (!own) {
    const schema = `${host.DATABASE_PREFIX}_${service}`;
    const [found] = await connection.query<RowDataPacket[]>(
      'SELECT schema_name FROM information_schema.schemata WHERE schema_name = ?',
      [schema],
    );
    if (found.length > 0) await connection.changeUser({ database: schema });
    else if (new URL(url).pathname.length <= 1) {
      await connection.end();
      throw new Error(`there is no ${schema} to audit yet: npm start makes it`);
    }
  }
  await connection.query('SET SESSION TRANSACTION READ ONLY');
  await connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
  const query = async (sql: string, values: readonly unknown[] = []) => {
    const [rows] = await connection.query<RowDataPacket[]>(sql, [...values]);
    return rows;
  };
  return {
    query,
    executeQuery: async <R>({
      sql,
      parameters,
    }: {
      sql: string;
      parameters: readonly unknown[];
    }) => ({
      rows: (await query(sql, parameters)) as R[],
    }),
    close: () => connection.end(),
  };
}
