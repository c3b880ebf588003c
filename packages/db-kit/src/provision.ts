import { createHmac } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import { isDriverError } from './errors.ts';

export interface SchemaRequest {
  /** The server account: mysql://user:password@host:port[/schema] */
  adminUrl: string;
  /** Prefix of schemas and users, `ddp` unless set. */
  prefix: string;
  service: string;
  /** Key the password of the service's own account follows from. */
  masterKey: string;
}

export interface ProvisionedSchema {
  url: string;
  /** Whether the service has a schema and account of its own, or shares the URL's database. */
  kind: 'own' | 'shared';
}

const denied = new Set([1044, 1045, 1142, 1227, 1410]);
const grants = 'SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP, REFERENCES';

/**
 * Gives a service its schema and account when the URL's account may make them; else the service
 * shares the URL's database, kept apart by its table prefix. Throws with the exact GRANT statement
 * when neither is possible.
 */
export async function provisionSchema(request: SchemaRequest): Promise<ProvisionedSchema> {
  const admin = new URL(request.adminUrl);
  const name = `${request.prefix}_${request.service}`;
  if (!/^[a-z][a-z0-9_]{0,31}$/.test(name)) {
    throw new Error(`not a usable schema name: ${name}`);
  }
  const password = createHmac('sha256', request.masterKey).update(`db:${name}`).digest('base64url');
  const connection = await createConnection({ uri: withSchema(admin, '').href });
  try {
    await connection.query(
      `CREATE DATABASE IF NOT EXISTS \`${name}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`,
    );
    await connection.query(`CREATE USER IF NOT EXISTS '${name}'@'%' IDENTIFIED BY '${password}'`);
    await connection.query(`ALTER USER '${name}'@'%' IDENTIFIED BY '${password}'`);
    await connection.query(`GRANT ${grants} ON \`${literal(name)}\`.* TO '${name}'@'%'`);
  } catch (error) {
    if (!isDriverError(error) || !denied.has(error.errno ?? 0)) throw error;
    return { url: sharedUrl(admin, request.prefix), kind: 'shared' };
  } finally {
    await connection.end();
  }
  const own = withSchema(admin, name);
  own.username = name;
  own.password = password;
  return { url: own.href, kind: 'own' };
}

function withSchema(url: URL, schema: string): URL {
  const copy = new URL(url.href);
  copy.pathname = `/${schema}`;
  return copy;
}

/** A schema's name as GRANT takes it: a bare `_` there stands for any character. */
function literal(name: string): string {
  return name.replaceAll('_', '\\_');
}

function sharedUrl(admin: URL, prefix: string): string {
  if (admin.pathname.length > 1) return admin.href;
  const user = decodeURIComponent(admin.username);
  throw new Error(
    `DATABASE_URL names no database and its account may not create one. Either name a database, or run: GRANT ALL ON \`${literal(`${prefix}_`)}%\`.* TO '${user}'@'%' WITH GRANT OPTION; GRANT CREATE USER ON *.* TO '${user}'@'%';`,
  );
}
