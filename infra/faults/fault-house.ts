import { Redis } from 'ioredis';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { openHouse } from '../demo/open-house.ts';
import { findBroken } from '../demo/run-audit.ts';
import { until } from '../demo/step.ts';
import { openPrivateFolder, startPrivateDatabase, startPrivateRedis } from './private-engines.ts';

const prefix = 'faults';

/** A house on private, durable engines that may be wiped, frozen and killed. */
export async function openFaultHouse(topology: 'mounted' | 'split', intervalScale = 0.05) {
  const place = openPrivateFolder();
  const { folder, undo, stop } = place;
  try {
    const database = await startPrivateDatabase(place);
    const redis = await startPrivateRedis(place);
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
    /** Waits until so many stand still before the table. */
    async caught(count = 1): Promise<void> {
      await until('somebody before the frozen table', async () => {
        const [rows] = await watcher.query<RowDataPacket[]>(
          `SELECT id FROM information_schema.processlist
            WHERE db = ? AND state LIKE 'Waiting for table%lock'`,
          [schema],
        );
        return rows.length >= count ? true : null;
      });
    },
    async thaw(): Promise<void> {
      await holder.query('UNLOCK TABLES');
      await holder.end();
      await watcher.end();
    },
  };
}
