import { removeTestData } from '../test-run/cleanup.ts';
import { provideTestEngines, stopKeptEngines } from '../test-run/engines.ts';
import { print, say, waitForSignal } from './say.ts';

/**
 * Test engines for developers: in the foreground, or with `--keep` in the background until
 * `--stop`. Test runs of this tree find and use them.
 */
export async function run(args: string[]): Promise<number> {
  if (args.includes('--stop')) {
    await stopKeptEngines(say);
    return 0;
  }
  const engines = await provideTestEngines('engines', false, say);
  for (const [name, value] of Object.entries(engines.env)) print(`export ${name}=${value}`);
  if (args.includes('--keep') && engines.databasePid !== undefined) {
    engines.leaveRunning?.(engines.databasePid);
    say('engines run until `node infra/run.mjs engines --stop`');
    return 0;
  }
  say('engines run until Ctrl-C');
  await waitForSignal();
  await removeTestData(engines.databaseUrl, engines.redisUrl, engines.prefix);
  await engines.stop();
  return 0;
}
