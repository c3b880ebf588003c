import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Kysely, MIGRATION_LOCK_ID, type Migration, Migrator } from 'kysely';
import { renewMigrationLease } from './migration-lease.ts';

export interface MigrateOptions {
  /** The service's table prefix. */
  prefix: string;
  /** Folder of the service's own migrations, one DDL statement each. */
  folder: string;
  /** Tables of the kits, by name. */
  kit: Record<string, Migration>;
  /** How often the lease is renewed while a migration runs. */
  renewMs?: number;
}

/** Brings a schema to its newest form: the kits' tables first, then the service's own. */
export async function migrateSchema<DB>(db: Kysely<DB>, options: MigrateOptions): Promise<void> {
  const own = await readFolder(options.folder);
  const { prefix, renewMs = 30_000 } = options;
  await runMigrations(db, { tableName: `${prefix}_kit_migration`, renewMs }, options.kit);
  await runMigrations(db, { tableName: `${prefix}_migration`, renewMs }, own);
}

async function readFolder(folder: string): Promise<Record<string, Migration>> {
  const files = (await readdir(folder)).filter((name) => /^\d{4}_\w+\.(ts|js)$/.test(name)).sort();
  const migrations: Record<string, Migration> = {};
  for (const file of files) {
    const url = pathToFileURL(path.join(folder, file)).href;
    // Read when it runs: most starts have none to run.
    migrations[file.replace(/\.(ts|js)$/, '')] = {
      up: async (db) => ((await import(url)) as Migration).up(db),
    };
  }
  return migrations;
}

async function runMigrations<DB>(
  db: Kysely<DB>,
  { tableName, renewMs }: { tableName: string; renewMs: number },
  migrations: Record<string, Migration>,
): Promise<void> {
  const lockTable = `${tableName}_lock`;
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => renewingLease(db, migrations, { lockTable, renewMs }) },
    migrationTableName: tableName,
    migrationLockTableName: lockTable,
    allowUnorderedMigrations: false,
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error) {
    const failed = results?.find((result) => result.status === 'Error')?.migrationName;
    throw new Error(`migration ${failed ?? tableName} failed`, { cause: error });
  }
}

/** The same migrations, each of which begins with the whole lease before it and keeps it. */
function renewingLease<DB>(
  pool: Kysely<DB>,
  migrations: Record<string, Migration>,
  { lockTable, renewMs }: { lockTable: string; renewMs: number },
): Record<string, Migration> {
  const lock = { lockTable, lockRowId: MIGRATION_LOCK_ID };
  const renewing = ({ up }: Migration): Migration => ({
    async up(db) {
      await renewMigrationLease(db, lock);
      let renewed: Promise<unknown> = Promise.resolve();
      const renew = () => renewMigrationLease(db, lock, pool as Kysely<unknown>);
      // One that cannot be renewed shows before the next migration.
      const timer = setInterval(() => {
        renewed = renewed.then(renew).catch(() => undefined);
      }, renewMs);
      try {
        await up(db);
      } finally {
        clearInterval(timer);
        await renewed;
      }
    },
  });
  return Object.fromEntries(
    Object.entries(migrations).map(([name, migration]) => [name, renewing(migration)]),
  );
}
