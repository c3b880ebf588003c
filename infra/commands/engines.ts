import { removeTestData } from '../test-run/cleanup.ts';
import { provideTestEngines } from '../test-run/engines.ts';
import { print, say, waitForSignal } from './say.ts';

/** Keeps test engines running, so that several people can run single test files against them. */
export async function run(): Promise<number> {
  const engines = await provideTestEngines('engines', false, say);
  for (const [name, value] of Object.entries(engines.env)) print(`export ${name}=${value}`);
  say('engines run until Ctrl-C');
  await waitForSignal();
  await removeTestData(engines.databaseUrl, engines.redisUrl, engines.prefix);
  await engines.stop();
  return 0;
}
