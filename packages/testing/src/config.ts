import { randomBytes } from 'node:crypto';

export interface TestEngines {
  databaseUrl: string;
  redisUrl: string;
  /** Prefix drawn for this run; everything made under it is removed at the end. */
  runPrefix: string;
}

/** The engines that the test command started or was given. */
export function readTestEngines(): TestEngines {
  const { TEST_DATABASE_URL, TEST_REDIS_URL, DDP_TEST_PREFIX } = process.env;
  if (!TEST_DATABASE_URL || !TEST_REDIS_URL || !DDP_TEST_PREFIX) {
    throw new Error('these tests want engines: run them by `npm test -- <file>`');
  }
  return { databaseUrl: TEST_DATABASE_URL, redisUrl: TEST_REDIS_URL, runPrefix: DDP_TEST_PREFIX };
}

/** A short prefix of schemas and keys that no other test uses. */
export function drawPrefix(): string {
  return `${readTestEngines().runPrefix}_${randomBytes(3).toString('hex')}`;
}
