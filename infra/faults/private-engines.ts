import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findDatabaseBinary, findRedisBinary } from '../engines/binaries.ts';
import type { Engine } from '../engines/engine.ts';
import { startMariadb } from '../engines/mariadb.ts';
import { startRedis } from '../engines/redis.ts';

/** Why no such engines can stand on this machine, or null: engines that are killed must be our own. */
export function findObstacle(): string | null {
  const isMissing = findDatabaseBinary() === null || findRedisBinary() === null;
  return isMissing ? 'no MariaDB or Redis on this machine to start and kill' : null;
}

const engineOptions = {
  durability: 'full',
  say: () => {},
  memoryBytes: 256 * 1024 * 1024,
} as const;

/** A folder of its own, and the steps that undo what is put on top of it, last first. */
export function openPrivateFolder() {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'ddp-faults-')));
  const undo: (() => Promise<void>)[] = [async () => rmSync(folder, { recursive: true })];
  let stopping: Promise<void> = Promise.resolve();
  // Whoever comes second waits for all that the first one undoes.
  const stop = () => {
    stopping = stopping.then(async () => {
      for (const step of undo.splice(0).reverse()) await step();
    });
    return stopping;
  };
  return { folder, undo, stop };
}

export type PrivateFolder = ReturnType<typeof openPrivateFolder>;

/** A durable database in such a folder. */
export async function startPrivateDatabase({ folder, undo }: PrivateFolder): Promise<Engine> {
  const database = await startMariadb({ ...engineOptions, dir: path.join(folder, 'mariadb') });
  undo.push(() => database.stop());
  return database;
}

/** A durable Redis in such a folder. */
export async function startPrivateRedis({ folder, undo }: PrivateFolder): Promise<Engine> {
  const redis = await startRedis({ ...engineOptions, dir: path.join(folder, 'redis') });
  undo.push(() => redis.stop());
  return redis;
}
