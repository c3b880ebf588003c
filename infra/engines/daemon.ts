import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface DaemonOptions {
  program: string;
  args: string[];
  logFile: string;
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

/**
 * Starts a program in a process group of its own, so that Ctrl-C at the terminal reaches only the
 * runner, which then stops everything in order. Its output goes to the log file.
 */
export function startDaemon(options: DaemonOptions): ChildProcess {
  const log = openSync(options.logFile, 'a', 0o600);
  const child = spawn(options.program, options.args, {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.on('error', () => {
    // A program that cannot be started shows as one without a pid; the waiting below reports it.
  });
  child.unref();
  return child;
}

/** The last lines of a log, for the person who has to find out why something did not start. */
export function readTail(file: string, lines = 15): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '(no log)';
  }
}

/** Asks until the answer is yes; throws with the log's tail if the program ends or time is up. */
export async function waitUntilReady(
  child: ChildProcess,
  logFile: string,
  isReady: () => Promise<boolean>,
  limitMs: number,
): Promise<number> {
  const deadline = Date.now() + limitMs;
  const name = child.spawnfile;
  for (;;) {
    const ended = child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
    if (ended) throw new Error(`${name} ended at its start:\n${readTail(logFile)}`);
    if (await isReady()) return child.pid ?? 0;
    if (Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`${name} was not ready after ${limitMs} ms:\n${readTail(logFile)}`);
    }
    await sleep(40);
  }
}
