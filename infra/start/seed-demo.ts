import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Stop } from '../bootstrap/stop.mjs';
import { openLog } from '../processes/log-sink.ts';
import { programOf } from '../processes/program.ts';

interface SeedOptions {
  env: NodeJS.ProcessEnv;
  logDir: string;
  /** Gets the lines that are for the runner. */
  hear: (line: string) => void;
  onSpawn: (pid: number) => void;
}

/**
 * Fills the demo by a process that holds all services and ends, before the services start as
 * processes of their own.
 */
export async function seedDemo({ env, logDir, hear, onSpawn }: SeedOptions): Promise<void> {
  const log = openLog(join(logDir, 'seed.log'));
  const child = spawn(process.execPath, [programOf('suite', 'seed')], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (child.pid !== undefined) onSpawn(child.pid);
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) =>
      line.startsWith('@') ? hear(line) : log.write(line),
    );
  }
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (end) => resolve(end ?? 1));
  });
  if (code !== 0)
    throw new Stop(`the demo could not be filled; ${log.file} ends with:\n${log.tail()}`);
}
