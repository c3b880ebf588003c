import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findDatabaseBinary, findRedisBinary } from './binaries.ts';
import type { Engine, EngineOptions } from './engine.ts';
import { startMariadb } from './mariadb.ts';
import { isAlive } from './processes.ts';
import { provideEngines } from './provide.ts';
import { startRedis } from './redis.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ddp-engines-')));
const running: Engine[] = [];
const said: string[] = [];

function optionsFor(name: string): EngineOptions {
  const say = (line: string) => said.push(line);
  return { dir: join(folder, name), durability: 'full', say, memoryBytes: 256 * 1024 * 1024 };
}

async function keep(engine: Promise<Engine>): Promise<Engine> {
  const started = await engine;
  running.push(started);
  return started;
}

async function query(url: string, statement: string): Promise<RowDataPacket[]> {
  const connection = await createConnection(url);
  try {
    const [rows] = await connection.query<RowDataPacket[]>(statement);
    return rows;
  } finally {
    await connection.end();
  }
}

async function withRedis<T>(url: string, body: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url);
  try {
    return await body(client);
  } finally {
    client.disconnect();
  }
}

beforeEach(({ skip }) => {
  const missing = findDatabaseBinary() === null || findRedisBinary() === null;
  skip(missing, 'no MariaDB or Redis on this machine to start and kill');
});

afterEach(async () => {
  for (const engine of running.splice(0)) await engine.stop();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a private database', () => {
  it('keeps a committed row through kill -9, and is found again by the next start', async () => {
    const first = await keep(startMariadb(optionsFor('database')));
    await query(first.url, 'CREATE DATABASE kept');
    await query(first.url, 'CREATE TABLE kept.entry (id INT PRIMARY KEY)');
    await query(first.url, 'INSERT INTO kept.entry VALUES (7)');
    await first.kill9();
    expect(isAlive(first.pid)).toBe(false);
    await first.restart();
    expect(await query(first.url, 'SELECT id FROM kept.entry')).toEqual([{ id: 7 }]);
    await first.stop();
    const second = await keep(startMariadb(optionsFor('database')));
    expect(second.url).toBe(first.url);
    expect(await query(second.url, 'SELECT id FROM kept.entry')).toEqual([{ id: 7 }]);
  });

  it('acknowledges nothing before it is on the disk', async () => {
    const engine = await keep(startMariadb(optionsFor('database')));
    const flush = 'SELECT @@innodb_flush_log_at_trx_commit AS flush, @@innodb_doublewrite AS twice';
    const [row] = await query(engine.url, flush);
    expect(row?.flush).toBe(1);
    expect(['1', 'ON']).toContain(String(row?.twice));
  });

  it('lets nobody in without a password', async () => {
    const engine = await keep(startMariadb(optionsFor('database')));
    const { port } = new URL(engine.url);
    for (const user of ['root', 'ddp', '']) {
      await expect(query(`mysql://${user}@127.0.0.1:${port}`, 'SELECT 1')).rejects.toThrow();
    }
  });

  it('takes over the folder of a server that a killed run left behind', async () => {
    const left = await startMariadb(optionsFor('database'));
    const next = await keep(startMariadb(optionsFor('database')));
    expect(isAlive(left.pid)).toBe(false);
    expect(said.some((line) => line.includes(`pid ${left.pid}`))).toBe(true);
    expect(await query(next.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('makes its tables again when a killed run left them half made', async () => {
    const options = optionsFor('half');
    const first = await startMariadb(options);
    await first.stop();
    rmSync(join(options.dir, 'initialised'));
    rmSync(join(options.dir, 'data', 'mysql'), { recursive: true });
    const second = await keep(startMariadb(options));
    expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});

describe('a private Redis', () => {
  it('never evicts, appends to a file, and keeps it through kill -9', async () => {
    const engine = await keep(startRedis(optionsFor('redis')));
    const settings = await withRedis(engine.url, async (client) => {
      await client.set('kept', '7');
      await client.call('WAITAOF', '1', '0', '5000').catch(() => undefined);
      return [
        await client.config('GET', 'maxmemory-policy'),
        await client.config('GET', 'appendonly'),
      ];
    });
    expect(settings.flat()).toEqual(['maxmemory-policy', 'noeviction', 'appendonly', 'yes']);
    // The append-only file is flushed every second, and a kill of the process loses no write(2).
    await engine.kill9();
    await engine.restart();
    expect(await withRedis(engine.url, (client) => client.get('kept'))).toBe('7');
  });

  it('takes over the folder of a server that a killed run left behind', async () => {
    const left = await startRedis(optionsFor('redis'));
    const next = await keep(startRedis(optionsFor('redis')));
    expect(isAlive(left.pid)).toBe(false);
    expect(next.url).toBe(left.url);
  });
});

describe('engines for a command', () => {
  const say = () => undefined;

  it('are named when an address given does not answer', async () => {
    const databaseUrl = 'mysql://a:b@127.0.0.1:9';
    const provided = provideEngines({ dir: folder, durability: 'full', say, databaseUrl });
    await expect(provided).rejects.toThrow('DATABASE_URL is set, but the server at 127.0.0.1:9');
  });

  it('leave a Redis that was given alone, and start only the database', async () => {
    const given = await keep(startRedis(optionsFor('redis')));
    const dir = join(folder, 'mixed');
    const databaseMemoryBytes = 256 * 1024 * 1024;
    const provided = await provideEngines({
      dir,
      durability: 'test',
      say,
      redisUrl: given.url,
      databaseMemoryBytes,
    });
    expect(provided.redisUrl).toBe(given.url);
    expect([provided.redisGiven, provided.databaseGiven]).toEqual([true, false]);
    expect(existsSync(join(dir, 'redis'))).toBe(false);
    await provided.stop();
    expect(isAlive(given.pid)).toBe(true);
  });
});
