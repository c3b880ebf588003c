import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { openHouse } from '../demo/open-house.ts';
import { findBroken } from '../demo/run-audit.ts';
import { until } from '../demo/step.ts';
import { findDatabaseBinary, findRedisBinary } from '../engines/binaries.ts';
import { startMariadb } from '../engines/mariadb.ts';
import { startRedis } from '../engines/redis.ts';

const prefix = 'faults';

/** Why no such house can stand on this machine, or null: engines that are killed must be our own. */
export function findObstacle(): string | null {
  const isMissing = findDatabaseBinary() === null || findRedisBinary() === null;
  return isMissing ? 'no MariaDB or Redis on this machine to start and kill' : null;
}

/** A house on private, durable engines that may be wiped, frozen and killed. */
export async function openFaultHouse(topology: 'mounted' | 'split', intervalScale = 0.05) {
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
    const house = await openHouse({
      topology,
      databaseUrl: database.url,
      redisUrl: redis.url,
      prefix,
      logDir: folder,
      env: { DDP_INTERVAL_SCALE: String(intervalScale), DDP_LOG_LEVEL: 'warn' },
    });
    undo.push(() => house.stop());
    const admin = await createConnection(database.url);
    undo.push(() => admin.end());
    const client = new Redis(redis.url);
    undo.push(async () => client.disconnect());
    return {
      ...house,
      stop,
      database,
      flushAll: () => client.flushall(),
      query: async (text: string) => (await admin.query<RowDataPacket[]>(text))[0],
      freeze: (table: string) => freeze(database.url, table),
      audit: () => findBroken(house.env),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

export type FaultHouse = Awaited<ReturnType<typeof openFaultHouse>>;

/**
 * Keeps everybody from writing to a service's table until it thaws, so that whoever comes to write
 * there stands still in the middle of a step.
 */
async function freeze(url: string, table: string) {
  const [service] = table.split('_');
  const holder = await createConnection(url);
  const schema = `${prefix}_${service}`;
  await holder.query(`LOCK TABLES \`${schema}\`.\`${table}\` READ`);
  const watcher = await createConnection(url);
  return {
    /** Waits until somebody stands still before the table. */
    async caught(): Promise<void> {
      await until('somebody before the frozen table', async () => {
        const [rows] = await watcher.query<RowDataPacket[]>(
          `SELECT id FROM information_schema.processlist
            WHERE db = ? AND state LIKE 'Waiting for table%lock'`,
          [schema],
        );
        return rows.length > 0 ? true : null;
      });
    },
    async thaw(): Promise<void> {
      await holder.query('UNLOCK TABLES');
      await holder.end();
      await watcher.end();
    },
  };
}
