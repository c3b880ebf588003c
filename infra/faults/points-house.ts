import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { paths } from '../bootstrap/paths.mjs';
import { findBroken } from '../demo/run-audit.ts';
import { findFreePort } from '../engines/ports.ts';
import { createCaller } from '../principals.ts';
import { openLog } from '../processes/log-sink.ts';
import { startServiceProcess } from '../processes/service-process.ts';
import { startPrivateEngines } from './private-engines.ts';

const prefix = 'faults';

export interface PointsHouseOptions {
  /** Processes of the points service, all on one database. */
  processes: number;
  /** Settings of the service beside those that every process has. */
  settings?: NodeJS.ProcessEnv;
  /** An address that leads to the database in place of its own, for a proxy to stand there. */
  databaseUrl?: string;
}

/** The points service alone, in processes and on durable engines that may be killed. */
export async function openPointsHouse(options: PointsHouseOptions) {
  const { folder, database, redis, undo, stop } = await startPrivateEngines();
  try {
    const masterKey = `k1:${randomBytes(32).toString('base64')}`;
    const databaseUrl = options.databaseUrl ?? database.url;
    const env = {
      DATABASE_URL: databaseUrl,
      DATABASE_PREFIX: prefix,
      REDIS_URL: redis.url,
      REDIS_PREFIX: prefix,
      DDP_MASTER_KEY: masterKey,
      DDP_LOG_LEVEL: 'warn',
      ...options.settings,
    };
    const startPoints = async (index: number) => {
      const port = await findFreePort();
      const url = `http://127.0.0.1:${port}`;
      const started = await startServiceProcess({
        name: `points-${index}`,
        script: join(paths.root, 'services', 'points', 'dist', 'src', 'main.js'),
        env: { ...process.env, ...env, POINTS_PORT: String(port) },
        healthUrl: `${url}/healthz`,
        log: openLog(join(folder, `points-${index}.log`)),
      });
      undo.push(() => started.stop());
      return { url, process: started, call: createCaller(masterKey, { points: url }) };
    };
    const processes = [await startPoints(0)];
    // The first brings the schema up to date; the others find it so.
    for (let index = 1; index < options.processes; index += 1) {
      processes.push(await startPoints(index));
    }
    return {
      processes,
      database,
      masterKey,
      stop,
      /** Rows of the service's schema; the connection is new, as an earlier one may have died. */
      async query(text: string, values: unknown[] = []): Promise<RowDataPacket[]> {
        const connection = await createConnection(`${databaseUrl}/${prefix}_points`);
        const [rows] = await connection.query<RowDataPacket[]>(text, values);
        await connection.end();
        return rows;
      },
      audit: () => findBroken(env, ['points']),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

export type PointsHouse = Awaited<ReturnType<typeof openPointsHouse>>;
