import { findByEnvironment, signal } from '../engines/processes.ts';
import { removeTestData } from '../test-run/cleanup.ts';
import { provideTestEngines, type TestEngines } from '../test-run/engines.ts';
import { readTestOptions } from '../test-run/options.ts';
import { rerunOnNode } from '../test-run/other-node.ts';
import { runVitest, type TestRun } from '../test-run/vitest.ts';
import { print, say } from './say.ts';

/** A run that was interrupted leaves the services that its journeys started. */
function endLeftovers(prefix: string): void {
  for (const pid of findByEnvironment(`DDP_TEST_PREFIX=${prefix}`)) signal(pid, 'SIGKILL');
}

async function cleanUp(engines: TestEngines): Promise<void> {
  endLeftovers(engines.prefix);
  if (engines.isThrowaway) return engines.stop();
  try {
    await removeTestData(engines.databaseUrl, engines.redisUrl, engines.prefix);
  } catch (error) {
    say(`what this run made under ${engines.prefix} could not be removed: ${String(error)}`);
  }
  await engines.stop();
}

function conclude({ exitCode, report }: TestRun): number {
  if (report === null) {
    say(`vitest ended (exit ${exitCode}) before it could report`);
    print('0 passed, 1 failed');
    return 1;
  }
  for (const { name, reason } of report.notRun) {
    print(`not run: ${name}${reason === '' ? '' : ` (${reason})`}`);
  }
  const nothing = report.passed + report.failed === 0;
  const failed = report.failed === 0 && (exitCode !== 0 || nothing) ? 1 : report.failed;
  if (nothing) say('no test matched');
  print(`${report.passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** `npm test`: engines, vitest, and a last line that says how it went. */
export async function run(args: string[]): Promise<number> {
  const options = readTestOptions(args);
  if (options.node !== null && process.versions.node.split('.')[0] !== options.node) {
    return rerunOnNode(options.node, args, say);
  }
  // The terminal's Ctrl-C reaches vitest by itself; we live on to clean up after it.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => undefined);
  const engines = await provideTestEngines('test', options.containers, say);
  let outcome: TestRun;
  try {
    outcome = await runVitest(options.filters, { ...process.env, ...engines.env }, engines.dir);
  } finally {
    await cleanUp(engines);
  }
  return conclude(outcome);
}
