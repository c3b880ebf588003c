import { join } from 'node:path';
import { Stop } from '../bootstrap/stop.mjs';
import { say } from '../commands/say.ts';
import { provideEngines } from '../engines/provide.ts';
import { anchorFileOf } from './anchor-file.ts';
import { rememberMasterKey } from './master-key.ts';
import { runTool } from './run-tool.ts';
import { dataDir, findRunningSuite } from './running-file.ts';

/** Runs a program over the data of this tree's suite, whether it runs or not; its exit code. */
export async function runOnData(script: string, args: string[]): Promise<number> {
  const running = findRunningSuite();
  if (running?.databaseUrl === '') throw new Stop('npm start is not ready yet: try again then.');
  const given = process.env.DATABASE_URL || undefined;
  const kept = given === undefined && running ? running.anchorFile : undefined;
  const anchorFile = kept ?? anchorFileOf((given ?? running) ? 'given' : 'embedded');
  const engines = await provideEngines({
    dir: dataDir,
    durability: 'full',
    say,
    databaseUrl: given ?? running?.databaseUrl,
    redisUrl: process.env.REDIS_URL || running?.redisUrl || undefined,
  });
  try {
    return await runTool(script, args, {
      DATABASE_URL: engines.databaseUrl,
      REDIS_URL: engines.redisUrl,
      LEDGER_ANCHOR_FILE: anchorFile,
      DDP_MASTER_KEY: process.env.DDP_MASTER_KEY ?? rememberMasterKey(join(dataDir, 'keys.json')),
    });
  } finally {
    await engines.stop();
  }
}
