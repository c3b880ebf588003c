import type { ServiceStore } from '@ddp/db-kit/command';
import { commandMigrations } from '@ddp/db-kit/command-tables';
import { type DatabaseOptions, openDatabase } from '@ddp/db-kit/database';
import { readTestEngines } from '@ddp/testing/config';
import { createTestSchema } from '@ddp/testing/database';
import { CompiledQuery, type Kysely } from 'kysely';

/** How a COMMIT ends on the wire; no other statement of ours ends so. */
export const commitPacket = /COMMIT$/;

type Row = Record<string, unknown>;

/** Runs plain SQL in a pool, a connection or a transaction. */
export async function run(db: Kysely<object>, text: string, ...values: unknown[]): Promise<Row[]> {
  const { rows } = await db.executeQuery<Row>(CompiledQuery.raw(text, values));
  return rows;
}

/** Rows of `kit_effect`, by what was done. */
export async function countEffects(db: Kysely<object>, did: string): Promise<number> {
  const [row] = await run(db, 'SELECT COUNT(*) AS effects FROM kit_effect WHERE did = ?', did);
  return Number(row?.effects);
}

/** Does one thing in a transaction; the number it got is its answer. */
export async function addEffect(tx: Kysely<object>, did: string): Promise<{ effect: number }> {
  await run(tx, 'INSERT INTO kit_effect (did) VALUES (?)', did);
  const [row] = await run(tx, 'SELECT LAST_INSERT_ID() AS effect');
  return { effect: Number(row?.effect) };
}

export function storeOn(db: Kysely<object>): ServiceStore<object> {
  return { db, prefix: 'kit', clock: { offsetMs: () => 0 }, onCommit: () => undefined };
}

/** A schema of its own with the tables of commands and one table to see effects in. */
export async function openStore(options: Omit<DatabaseOptions, 'url'> = {}) {
  const { url } = await createTestSchema();
  const db = openDatabase<object>({ url, ...options });
  for (const { up } of Object.values(commandMigrations('kit'))) await up(db);
  await run(db, 'CREATE TABLE kit_effect (id INT AUTO_INCREMENT PRIMARY KEY, did VARCHAR(80))');
  return { url, db, store: storeOn(db) };
}

/** The account of the test engines, which may look at and end the connections of others. */
export function openAdmin(): Kysely<object> {
  return openDatabase<object>({ url: readTestEngines().databaseUrl, poolSize: 2 });
}

export async function readConnectionId(db: Kysely<object>): Promise<number> {
  const [row] = await run(db, 'SELECT CONNECTION_ID() AS id');
  return Number(row?.id);
}
