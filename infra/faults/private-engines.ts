import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findDatabaseBinary, findRedisBinary } from '../engines/binaries.ts';
import { startMariadb } from '../engines/mariadb.ts';
import { startRedis } from '../engines/redis.ts';

/** Why no such engines can stand on this machine, or null: engines that are killed must be our own. */
export function findObstacle(): string | null {
  const isMissing = findDatabaseBinary() === null || findRedisBinary() === null;
  return isMissing ? 'no MariaDB or Redis on this machine to start and kill' : null;
}

/** Durable engines in a folder of their own, and the steps that stop what is put on top of them. */
export async function startPrivateEngines() {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'ddp-faults-')));
  const undo: (() => Promise<void>)[] = [async () => rmSync(folder, { recursive: true })];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const memoryBytes = 256 * 1024 * 1024;
    const engineOptions = { durability: 'full', say: () => {}, memoryBytes } as const;
    const database = await startMariadb({ ...engineOptions, dir: path.join(folder, 'mariadb') });
    undo.push(() => database.stop());
    const redis = await startRedis({ ...engineOptions, dir: path.join(folder, 'redis') });
    undo.push(() => redis.stop());
    return { folder, database, redis, undo, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
