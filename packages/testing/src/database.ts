import { openDatabase } from '@ddp/db-kit/database';
import { provisionSchema } from '@ddp/db-kit/provision';
import type { Kysely } from 'kysely';
import { drawPrefix, readTestEngines } from './config.ts';
import { testMasterKey } from './keys.ts';

/** An empty schema of its own; `kit` names it. Close it with `destroy()`. */
export async function createTestDatabase<DB>(name = 'kit'): Promise<Kysely<DB>> {
  const { url } = await createTestSchema(name);
  return openDatabase<DB>({ url });
}

/** The URL of an empty schema, for tests that open several pools on it. */
export function createTestSchema(name = 'kit') {
  return provisionSchema({
    adminUrl: readTestEngines().databaseUrl,
    prefix: drawPrefix(),
    service: name,
    masterKey: testMasterKey,
  });
}
