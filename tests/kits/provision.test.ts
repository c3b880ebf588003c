import { openDatabase } from '@ddp/db-kit/database';
import { provisionSchema } from '@ddp/db-kit/provision';
import { drawPrefix, readTestEngines } from '@ddp/testing/config';
import { testMasterKey } from '@ddp/testing/keys';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openAdmin, run } from './store-fixture.ts';

const password = 'plain-words-for-a-test';
let admin: Kysely<object>;
let refusal: string | undefined;
let prefix: string;
const made: { accounts: string[]; schemas: string[] } = { accounts: [], schemas: [] };

beforeAll(async () => {
  admin = openAdmin();
  const probe = await makeAccount('probe').catch((error: Error) => error);
  if (probe instanceof Error) refusal = `the account of the engine makes none: ${probe.message}`;
});

beforeEach((context) => {
  if (refusal !== undefined) context.skip(refusal);
  prefix = drawPrefix();
});

afterAll(async () => {
  for (const account of made.accounts) await run(admin, `DROP USER IF EXISTS ${account}`);
  for (const schema of made.schemas) await run(admin, `DROP DATABASE IF EXISTS \`${schema}\``);
  await admin.destroy();
});

/** A new account with these rights, and the URL that it comes by. */
async function makeAccount(role: string, ...rights: string[]): Promise<URL> {
  const name = `${drawPrefix()}_${role}`;
  const account = `'${name}'@'%'`;
  await run(admin, `CREATE USER ${account} IDENTIFIED BY '${password}'`);
  made.accounts.push(account);
  for (const right of rights) await run(admin, right.replace('TO ?', `TO ${account}`));
  const url = new URL(readTestEngines().databaseUrl);
  url.username = name;
  url.password = password;
  url.pathname = '/';
  return url;
}

function provision(url: URL, service = 'points') {
  const name = `${prefix}_${service}`;
  made.schemas.push(name);
  made.accounts.push(`'${name}'@'%'`);
  return provisionSchema({ adminUrl: url.href, prefix, service, masterKey: testMasterKey });
}

async function tell(url: string, ...statements: string[]): Promise<unknown> {
  const db = openDatabase<object>({ url, poolSize: 1 });
  try {
    for (const statement of statements) await run(db, statement);
    return 'done';
  } catch (error) {
    return (error as { errno?: number }).errno;
  } finally {
    await db.destroy();
  }
}

describe('an account that may make schemas and accounts', () => {
  const makeHolder = (underscore = '\\_') =>
    makeAccount(
      'holder',
      `GRANT ALL ON \`${prefix}${underscore}%\`.* TO ? WITH GRANT OPTION`,
      'GRANT CREATE USER ON *.* TO ?',
    );

  it.each(['\\_', '_'])(
    'gives each service a schema and an account that reaches no other (rights on ddp%s%)',
    async (underscore) => {
      const holder = await makeHolder(underscore);
      const points = await provision(holder, 'points');
      const codes = await provision(holder, 'codes');
      expect([points.kind, codes.kind]).toEqual(['own', 'own']);
      const create = 'CREATE TABLE note (id INT PRIMARY KEY)';
      expect(await tell(points.url, create, 'INSERT INTO note VALUES (1)')).toBe('done');
      expect(await tell(codes.url, create)).toBe('done');
      expect(await tell(points.url, `SELECT * FROM \`${prefix}_codes\`.note`)).toBe(1142);
      expect(await tell(points.url, `CREATE DATABASE \`${prefix}_more\``)).toBe(1044);
      expect(await tell(points.url, `CREATE DATABASE \`${prefix}xpoints\``)).toBe(1044);
    },
  );

  it('gives the same schema again to a second start, with everything in it', async () => {
    const holder = await makeHolder();
    const first = await provision(holder);
    await tell(first.url, 'CREATE TABLE note (id INT PRIMARY KEY)', 'INSERT INTO note VALUES (7)');
    const again = await Promise.all([provision(holder), provision(holder)]);
    expect(again).toEqual([first, first]);
    expect(await tell(first.url, 'INSERT INTO note VALUES (7)')).toBe(1062);
  });
});

describe('an account of one database', () => {
  it('lets every service share that database', async () => {
    const schema = `${prefix}_only`;
    made.schemas.push(schema);
    await run(admin, `CREATE DATABASE \`${schema}\``);
    const url = await makeAccount('single', `GRANT ALL ON \`${schema}\`.* TO ?`);
    url.pathname = `/${schema}`;
    const shared = await Promise.all([provision(url, 'points'), provision(url, 'codes')]);
    expect(shared).toEqual([
      { kind: 'shared', url: url.href },
      { kind: 'shared', url: url.href },
    ]);
    expect(await tell(url.href, 'CREATE TABLE points_note (id INT PRIMARY KEY)')).toBe('done');
  });
});

describe('an account that may do neither', () => {
  it('is refused with the GRANT that helps, and served once that has been run', async () => {
    const url = await makeAccount('bare');
    const message = await provision(url).then(
      () => 'provisioned',
      (error: Error) => error.message,
    );
    expect(message).toContain('DATABASE_URL names no database');
    const grants = message.match(/GRANT [^;]+/g) ?? [];
    expect(grants).not.toHaveLength(0);
    for (const grant of grants) await run(admin, grant);
    expect(await provision(url)).toMatchObject({ kind: 'own' });
  });
});

describe('what is no lack of rights', () => {
  it('is told as it is: a wrong password, a server that is away, an unusable name', async () => {
    const url = await makeAccount('mistyped');
    url.password = 'wrong';
    await expect(provision(url)).rejects.toMatchObject({ errno: 1045 });
    await expect(provision(new URL('mysql://a:b@127.0.0.1:9/'))).rejects.toThrow('ECONNREFUSED');
    await expect(provision(url, "x'; DROP DATABASE y")).rejects.toThrow('not a usable schema name');
    made.schemas.pop();
    made.accounts.pop();
  });
});
