import { spawnSync } from 'node:child_process';
import { programOf } from '../processes/program.ts';

/**
 * What `npm run audit` prints of an install, or of some of its services, by the settings of its
 * processes: a line a check.
 */
export function listFindings(env: NodeJS.ProcessEnv, services: readonly string[] = []): string[] {
  const script = programOf('suite', 'audit');
  const { stdout, stderr, status } = spawnSync(process.execPath, [script, ...services], {
    env: { ...process.env, ...env },
  });
  const lines = stdout.toString().trim().split('\n');
  if (lines.length < (services.length === 0 ? 20 : 5 * services.length))
    throw new Error(`the audit said too little: ${stderr.toString()}`);
  if ((status === 0) !== lines.every(holds)) throw new Error('exit code and findings differ');
  return lines;
}

/** The checks of an install that do not hold. */
export function findBroken(env: NodeJS.ProcessEnv, services: readonly string[] = []): string[] {
  return listFindings(env, services).filter((line) => !holds(line));
}

function holds(line: string): boolean {
  return (JSON.parse(line) as { holds: boolean }).holds;
}
