import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runQuietly } from '../bootstrap/child.mjs';
import { paths } from '../bootstrap/paths.mjs';
import { Stop } from '../bootstrap/stop.mjs';
import type { Say } from '../engines/engine.ts';

async function ensureNode(major: string, say: Say): Promise<string> {
  const prefix = join(paths.tools, `node${major}`);
  const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const name = `node-${platform}`;
  const program = join(prefix, 'node_modules', name, 'bin', 'node');
  if (!existsSync(program)) {
    say(`fetching Node ${major} from npm (${name})`);
    mkdirSync(prefix, { recursive: true });
    const flags = ['--no-audit', '--no-fund', '--no-save'];
    const result = await runQuietly('npm', [
      'install',
      '--prefix',
      prefix,
      ...flags,
      `${name}@${major}`,
    ]);
    if (result.code !== 0 || !existsSync(program)) {
      throw new Stop(`Node ${major} could not be fetched by npm:\n${result.output}`);
    }
  }
  return program;
}

/**
 * Runs the same command again on another Node that npm carries as a package. The installed tree is
 * used as it is: every native dependency is a prebuilt N-API binary that fits all of them.
 */
export async function rerunOnNode(major: string, args: string[], say: Say): Promise<number> {
  const program = await ensureNode(major, say);
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['infra/run.mjs', 'test', ...args], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        DDP_BOOTSTRAPPED: '1',
        PATH: `${dirname(program)}:${process.env.PATH ?? ''}`,
      },
    });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => child.kill(name));
  });
}
