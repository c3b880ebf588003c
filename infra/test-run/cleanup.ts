import { Redis } from 'ioredis';
import type { RowDataPacket } from 'mysql2';
import { createConnection } from 'mysql2/promise';

async function dropSchemas(databaseUrl: string, prefix: string): Promise<void> {
  const connection = await createConnection({ uri: databaseUrl, connectTimeout: 5_000 });
  const pattern = `${prefix}\\_%`;
  try {
    const [schemas] = await connection.query<RowDataPacket[]>(
      'SELECT schema_name AS name FROM information_schema.schemata WHERE schema_name LIKE ?',
      [pattern],
    );
    for (const { name } of schemas) await connection.query('DROP DATABASE IF EXISTS ??', [name]);
    const [users] = await connection
      .query<RowDataPacket[]>('SELECT user AS name, host FROM mysql.user WHERE user LIKE ?', [
        pattern,
      ])
      .catch((): [RowDataPacket[], unknown] => [[], []]);
    for (const { name, host } of users) {
      await connection.query('DROP USER IF EXISTS ?@?', [name, host]);
    }
  } finally {
    await connection.end();
  }
}

async function dropKeys(redisUrl: string, prefix: string): Promise<void> {
  const client = new Redis(redisUrl, { maxRetriesPerRequest: 2 });
  try {
    for await (const keys of client.scanStream({ match: `*${prefix}*`, count: 1_000 })) {
      if (keys.length > 0) await client.unlink(...keys);
    }
  } finally {
    client.disconnect();
  }
}

/** Removes everything a test run made under its prefix: schemas, accounts, Redis keys. */
export async function removeTestData(
  databaseUrl: string,
  redisUrl: string,
  prefix: string,
): Promise<void> {
  await Promise.all([dropSchemas(databaseUrl, prefix), dropKeys(redisUrl, prefix)]);
}
