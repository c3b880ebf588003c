import { openPrivateFolder, startPrivateDatabase, startPrivateRedis } from './private-engines.ts';

/** A house with merchants and residents on engines of its own, for campaigns; stopped by a signal too. */
export async function openSoldHouse(environment: Record<string, string>) {
  const engines = openPrivateFolder();
  const database = await startPrivateDatabase(engines);
  const redis = await startPrivateRedis(engines);
  Object.assign(process.env, {
    TEST_DATABASE_URL: database.url,
    TEST_REDIS_URL: redis.url,
    DDP_TEST_PREFIX: 'soak',
  });
  // The house reads where its engines are when it is opened.
  const settled = await import('../../tests/settlement/settled-house.ts');
  const house = await settled.openSettledHouse(environment);
  const stop = async () => {
    await house.stop();
    await engines.stop();
  };
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => void stop().finally(() => process.exit(1)));
  }
  const { unitValueCents, vouchersEach } = settled;
  return { house, unitValueCents, vouchersEach, stop };
}
