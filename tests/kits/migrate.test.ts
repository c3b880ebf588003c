import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ddl } from '@ddp/db-kit/command-tables';
import { openDatabase } from '@ddp/db-kit/database';
import { migrateSchema } from '@ddp/db-kit/migrate';
import { createTestSchema } from '@ddp/testing/database';
import { eventually } from '@ddp/testing/module-harness';
import { openTcpProxy } from '@ddp/testing/tcp-proxy';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from './store-fixture.ts';

const steps = ['0001_create_one', '0002_create_two', '0003_create_three'];
let folder: string;

function stepText(name: string, more = ''): string {
  const table = name.replace(/^\d+_create/, 'kit');
  return `export async function up(db) {
  await db.schema.createTable('${table}').ifNotExists().addColumn('id', 'integer').execute();${more}
}
`;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ddp-migrations-'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(join(folder, 'README.md'), 'not a migration');
  for (const step of steps) await writeFile(join(folder, `${step}.js`), stepText(step));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function openSchema() {
  const { url } = await createTestSchema();
  return { url, db: openDatabase<object>({ url, poolSize: 2 }) };
}

function migrate(db: Kysely<object>, from = folder): Promise<void> {
  const kit = { '0001_create_kit': { up: async () => undefined } };
  return migrateSchema(db, { prefix: 'kit', folder: from, kit });
}

async function readSchema(db: Kysely<object>) {
  const tables = await run(db, 'SHOW TABLES');
  const done = await run(db, 'SELECT name FROM kit_migration ORDER BY name');
  return {
    tables: tables.flatMap((row) => Object.values(row)),
    done: done.map(({ name }) => name),
  };
}

/** The seconds that each lease still runs; 0 when it was given back. */
async function readLeases(db: Kysely<object>): Promise<number[]> {
  const rows = await run(
    db,
    `SELECT is_locked FROM kit_kit_migration_lock UNION ALL SELECT is_locked FROM kit_migration_lock`,
  );
  return rows.map((row) => Number(row.is_locked));
}

const readLease = async (db: Kysely<object>) =>
  (await run(db, 'SELECT is_locked FROM kit_kit_migration_lock')).map((row) =>
    Number(row.is_locked),
  );

const wanted = {
  tables: [
    'kit_kit_migration',
    'kit_kit_migration_lock',
    'kit_migration',
    'kit_migration_lock',
    'kit_one',
    'kit_three',
    'kit_two',
  ],
  done: steps,
};

describe('migrations', () => {
  it('run once, in order, and a second run changes nothing', async () => {
    const { db } = await openSchema();
    await migrate(db);
    await run(db, 'INSERT INTO kit_one (id) VALUES (1)');
    await migrate(db);
    expect(await readSchema(db)).toEqual(wanted);
    expect(await run(db, 'SELECT id FROM kit_one')).toEqual([{ id: 1 }]);
    await db.destroy();
  });

  it('of two migrators that start together end with one schema, every time', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { url, db } = await openSchema();
      const other = openDatabase<object>({ url, poolSize: 2 });
      await Promise.all([migrate(db), migrate(other)]);
      expect(await readSchema(db)).toEqual(wanted);
      expect(await readLeases(db)).toEqual([0, 0]);
      await Promise.all([db.destroy(), other.destroy()]);
    }
  });

  it('of several schemas at once give every lease back', async () => {
    const schemas = await Promise.all([1, 2, 3].map(() => openSchema()));
    await Promise.all(schemas.map(({ db }) => migrate(db)));
    for (const { db } of schemas) {
      expect(await readLeases(db)).toEqual([0, 0]);
      await db.destroy();
    }
  });

  it('that fail name the step and go on from it when it is mended', async () => {
    const broken = await mkdtemp(join(tmpdir(), 'ddp-migrations-'));
    await writeFile(join(broken, 'package.json'), '{"type":"module"}');
    for (const step of steps) {
      const fault = step.startsWith('0002') ? `\n  throw new Error('disk full');` : '';
      await writeFile(join(broken, `${step}.js`), stepText(step, fault));
    }
    const { db } = await openSchema();
    await expect(migrate(db, broken)).rejects.toThrow('migration 0002_create_two failed');
    expect((await readSchema(db)).done).toEqual(['0001_create_one']);
    await migrate(db);
    expect(await readSchema(db)).toEqual(wanted);
    await Promise.all([db.destroy(), rm(broken, { recursive: true })]);
  });
});

/** What another migrator would write that took the lease; no lease of ours ends in that second. */
const foreignLease = 2_000_000_000;

describe('the lease of a migrator', () => {
  it('is whole again before each migration, and is renewed while one runs', async () => {
    const { db } = await openSchema();
    const seen: number[] = [];
    const step = {
      async up(tx: Kysely<unknown>) {
        const connection = tx as Kysely<object>;
        const look = async () => {
          const now = await run(connection, 'SELECT UNIX_TIMESTAMP() AS now');
          const [lease = 0] = await readLease(connection);
          seen.push(lease + 1_735_689_600 - Number(now[0]?.now));
        };
        await look();
        await run(connection, 'SELECT SLEEP(2.1)');
        await look();
      },
    };
    const kit = { '0001_slow': step, '0002_slow': step };
    await migrateSchema(db, { prefix: 'kit', folder, kit, renewMs: 200 });
    expect(seen).toHaveLength(4);
    for (const left of seen) expect(left).toBeGreaterThanOrEqual(119);
    await db.destroy();
  });

  it('that ran out and that another took is neither gone on under nor given back', async () => {
    const { db } = await openSchema();
    let isReached = false;
    const kit = {
      '0001_long': ddl(`UPDATE kit_kit_migration_lock SET is_locked = ${foreignLease}`),
      '0002_late': {
        up: async () => {
          isReached = true;
        },
      },
    };
    const late = migrateSchema(db, { prefix: 'kit', folder, kit });
    await expect(late).rejects.toMatchObject({
      message: 'migration 0002_late failed',
      cause: { message: 'another migrator took the lease' },
    });
    expect(isReached).toBe(false);
    expect(await readLease(db)).toEqual([foreignLease]);
    await db.destroy();
  });
});

describe('a migrator that was killed', () => {
  it.each(['kit_one', 'kit_two', 'kit_three'])(
    'while it made %s blocks the next only until its lease ends',
    async (table) => {
      const { url, db } = await openSchema();
      const proxy = await openTcpProxy(url);
      const killed = openDatabase<object>({ url: proxy.url, poolSize: 1 });
      proxy.cutOnce({
        side: 'server',
        from: new RegExp(`create table if not exists .${table}`),
        afterBytes: 0,
      });
      await expect(migrate(killed)).rejects.toThrow();
      const [, left = 0] = await readLeases(db);
      expect(left).toBeGreaterThan(0);

      let isDone = false;
      const next = migrate(db).then(() => {
        isDone = true;
      });
      const watch = openDatabase<object>({ url, poolSize: 1 });
      await eventually(async () => (await readLeases(watch))[0] === 0);
      expect(isDone).toBe(false);
      // The lease as it stands when its two minutes are nearly over.
      await run(watch, 'UPDATE kit_migration_lock SET is_locked = is_locked - 119');
      await next;
      expect(await readSchema(db)).toEqual(wanted);
      expect(await readLeases(db)).toEqual([0, 0]);
      await Promise.all([db.destroy(), killed.destroy(), watch.destroy(), proxy.close()]);
    },
  );
});
