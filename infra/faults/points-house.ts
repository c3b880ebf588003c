import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { findBroken } from '../demo/run-audit.ts';
import { findFreePort } from '../engines/ports.ts';
import { createCaller } from '../principals.ts';
import { openLog } from '../processes/log-sink.ts';
import { programOf } from '../processes/program.ts';
import { startServiceProcess } from '../processes/service-process.ts';
import { openPrivateFolder, startPrivateDatabase, startPrivateRedis } from './private-engines.ts';

export interface PointsHouseOptions {
  /** Processes of the points service, all on one database. */
  processes: number;
  /** Settings of the service beside those that every process has. */
  settings?: NodeJS.ProcessEnv;
  /** A given database in place of one of its own. */
  databaseUrl?: string;
  /** Where the audit finds it: while it runs, a proxy of this process stands still. */
  auditUrl?: string;
}

/** The points service alone, in processes and on durable engines that may be killed. */
export async function openPointsHouse(options: PointsHouseOptions) {
  const place = openPrivateFolder();
  const { folder, undo, stop } = place;
  try {
    const redis = await startPrivateRedis(place);
    const database = options.databaseUrl ? null : await startPrivateDatabase(place);
    const databaseUrl = options.databaseUrl ?? database?.url ?? '';
    const prefix = `f${randomBytes(3).toString('hex')}`;
    if (!database) undo.push(() => dropSchema(databaseUrl, prefix));
    const masterKey = `k1:${randomBytes(32).toString('base64')}`;
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
        script: programOf('points'),
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
      /** Its own database, or null where one was given. */
      database,
      masterKey,
      stop,
      /** Rows of the service's schema; the connection is new, as an earlier one may have died. */
      async query(text: string, values: unknown[] = []): Promise<RowDataPacket[]> {
        const url = new URL(databaseUrl);
        url.pathname = `/${prefix}_points`;
        const connection = await createConnection(url.href);
        const [rows] = await connection.query<RowDataPacket[]>(text, values);
        await connection.end();
        return rows;
      },
      audit: () =>
        findBroken({ ...env, DATABASE_URL: options.auditUrl ?? databaseUrl }, ['points']),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A given database is left as it was found. */
async function dropSchema(databaseUrl: string, prefix: string): Promise<void> {
  const connection = await createConnection(databaseUrl);
  await connection.query(`DROP DATABASE IF EXISTS ${prefix}_points`);
  await connection.query(`DROP USER IF EXISTS '${prefix}_points'@'%'`);
  await connection.end();
}

export type PointsHouse = Awaited<ReturnType<typeof openPointsHouse>>;
