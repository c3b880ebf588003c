import type { ServiceName } from '@ddp/contracts/service-name';
import { longTimeoutMs, openDatabase } from '@ddp/db-kit/database';
import { isDriverError } from '@ddp/db-kit/errors';
import type { Kysely } from 'kysely';
import { readEnvironment, readHostConfig } from './config.ts';
import { resolveDatabase } from './resolve-database.ts';

const noSuchTable = 1146;

/** Writes anew what a service counts, for as long as that takes, and prints what was wrong with it. */
export async function runRebuild<DB>(
  name: ServiceName,
  rebuild: (db: Kysely<DB>) => Promise<{ corrected: number }>,
): Promise<void> {
  const environment = readEnvironment();
  const { url } = await resolveDatabase({ environment, host: readHostConfig(environment) }, name);
  const db = openDatabase<DB>({ url, poolSize: 2, queryTimeoutMs: longTimeoutMs });
  try {
    const rebuilt = await rebuild(db).catch((error: unknown) => {
      // Nothing was ever written here: the service has not made its tables yet.
      if (isDriverError(error) && error.errno === noSuchTable) return { corrected: 0 };
      throw error;
    });
    process.stdout.write(`${JSON.stringify(rebuilt)}\n`);
  } finally {
    await db.destroy();
  }
}
