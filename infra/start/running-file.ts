import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { paths } from '../bootstrap/paths.mjs';
import { Stop } from '../bootstrap/stop.mjs';
import type { Say } from '../engines/engine.ts';
import { endProcess, findProcesses } from '../engines/processes.ts';

/** What `npm start` leaves for the other commands while it runs. */
export interface RunningSuite {
  runnerPid: number;
  url: string;
  databaseUrl: string;
  redisUrl: string;
  smsUrl?: string | undefined;
  /** Where the heads of its ledger are kept, if anywhere. */
  anchorFile?: string | undefined;
  pids: Record<string, number>;
}

export const dataDir = join(paths.root, '.data');
const file = join(dataDir, 'running.json');

/** The suite that `npm start` of this tree runs now, or null. */
export function findRunningSuite(): RunningSuite | null {
  try {
    const running = JSON.parse(readFileSync(file, 'utf8')) as RunningSuite;
    const runners = findProcesses('run.mjs').map(({ pid }) => pid);
    return [...runners, process.pid].includes(running.runnerPid) ? running : null;
  } catch {
    return null;
  }
}

function write(running: RunningSuite): void {
  writeFileSync(file, `${JSON.stringify(running, null, 2)}\n`, { mode: 0o600 });
}

/** Adds what is known by now, so that also a run killed at its start can be cleaned up after. */
export function recordRunning(more: Partial<RunningSuite>): void {
  const running = findRunningSuite();
  if (running === null) return;
  write({ ...running, ...more, pids: { ...running.pids, ...more.pids } });
}

export function removeRunningSuite(): void {
  rmSync(file, { force: true });
}

/** One start at a time in a tree. What a killed one left is stopped before the next begins. */
export async function takeOver(url: string, say: Say): Promise<void> {
  const other = findRunningSuite();
  if (other !== null && other.runnerPid !== process.pid) {
    throw new Stop(
      `The suite of this folder runs already at ${other.url} (pid ${other.runnerPid}).`,
    );
  }
  await stopLeftovers(say);
  write({ runnerPid: process.pid, url, databaseUrl: '', redisUrl: '', pids: {} });
}

async function stopLeftovers(say: Say): Promise<void> {
  let left: RunningSuite;
  try {
    left = JSON.parse(readFileSync(file, 'utf8')) as RunningSuite;
  } catch {
    return;
  }
  const programs = findProcesses(paths.root).map(({ pid }) => pid);
  for (const [name, pid] of Object.entries(left.pids)) {
    if (!programs.includes(pid)) continue;
    say(`stopping ${name}, which a killed run left behind (pid ${pid})`);
    await endProcess(pid, 10_000);
  }
}
