import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve as resolvePath } from 'node:path';
import { paths } from '../bootstrap/paths.mjs';
import { Stop } from '../bootstrap/stop.mjs';

/** Runs a program of this tree, JavaScript or TypeScript, to its end; answers its exit code. */
export function runTool(file: string, args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const script = resolvePath(paths.root, file);
  if (!existsSync(script)) throw new Stop(`${file} is not there.`);
  const loader = script.endsWith('.ts') ? ['--import', 'tsx/esm'] : [];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...loader, script, ...args], {
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
    const forward = () => child.kill('SIGTERM');
    process.on('SIGTERM', forward);
    // Ctrl-C reaches the program by the terminal; this process waits for it.
    process.on('SIGINT', () => undefined);
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
