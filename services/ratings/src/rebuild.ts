import { openDatabase } from '@ddp/db-kit/database';
import { isDriverError } from '@ddp/db-kit/errors';
import { migrationTimeoutMs } from '@ddp/db-kit/migrate';
import { provisionSchema } from '@ddp/db-kit/provision';
import { readEnvironment, readHostConfig } from '@ddp/service-kit/config';
import type { RatingsDatabase } from './database.ts';
import { rebuildCounters } from './operations/rebuild-counters.ts';

const noSuchTable = 1146;

/** Writes the counters of the ratings anew from the ratings, and says what was wrong with them. */
async function rebuild(): Promise<void> {
  const environment = readEnvironment();
  const { DATABASE_URL, DATABASE_PREFIX, DDP_MASTER_KEY } = readHostConfig(environment);
  const own = environment.RATINGS_DATABASE_URL;
  if (!own && !DATABASE_URL) throw new Error('set DATABASE_URL');
  const masterKey = DDP_MASTER_KEY[0]?.secret.toString('base64') ?? '';
  const names = { prefix: DATABASE_PREFIX, service: 'ratings' };
  const url =
    own ?? (await provisionSchema({ adminUrl: DATABASE_URL ?? '', ...names, masterKey })).url;
  const db = openDatabase<RatingsDatabase>({
    url,
    poolSize: 2,
    queryTimeoutMs: migrationTimeoutMs,
  });
  try {
    const rebuilt = await rebuildCounters({ db }).catch((error: unknown) => {
      // Nothing was ever rated here: the service has not made its tables yet.
      if (isDriverError(error) && error.errno === noSuchTable) return { subjects: 0, corrected: 0 };
      throw error;
    });
    process.stdout.write(`${JSON.stringify(rebuilt)}\n`);
  } finally {
    await db.destroy();
  }
}

await rebuild();
