import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A running process, as its command line shows it. */
export interface Running {
  pid: number;
  command: string;
}

function listFromProc(): Running[] {
  const running: Running[] = [];
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const command = readFileSync(`/proc/${entry}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      if (command !== '') running.push({ pid: Number(entry), command });
    } catch {
      // The process ended between the listing and the reading.
    }
  }
  return running;
}

function listFromPs(): Running[] {
  const lines = execFileSync('ps', ['-axo', 'pid=,command='], { encoding: 'utf8' }).split('\n');
  return lines.flatMap((line) => {
    const match = /^\s*(\d+)\s+(.*)$/.exec(line);
    return match === null ? [] : [{ pid: Number(match[1]), command: match[2] ?? '' }];
  });
}

/** Other processes whose command line holds every one of these texts. */
export function findProcesses(...texts: string[]): Running[] {
  const all = existsSync('/proc/self/cmdline') ? listFromProc() : listFromPs();
  return all.filter(
    ({ pid, command }) => pid !== process.pid && texts.every((text) => command.includes(text)),
  );
}

const engineNames = ['mariadbd', 'mysqld', 'redis-server', 'valkey-server'];

/** Database and Redis servers whose data lie in this folder, also when it was removed since. */
export function findEngineProcesses(dir: string): Running[] {
  return engineNames
    .flatMap((name) => findProcesses(name))
    .filter(({ pid, command }) => {
      const inside = `${dir}/`;
      return command.includes(inside) || `${readWorkingFolder(pid) ?? ''}/`.startsWith(inside);
    });
}

/** The folder a process works in, where the system tells it. */
export function readWorkingFolder(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}

/** Processes that were started with this `NAME=value` in their environment, where readable. */
export function findByEnvironment(entry: string): number[] {
  if (!existsSync('/proc/self/environ')) return [];
  return listFromProc()
    .map(({ pid }) => pid)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(entry);
      } catch {
        return false;
      }
    });
}

function isZombie(pid: number): boolean {
  try {
    return /^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Whether a process with this id runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Sends a signal; a process that is already gone is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Waits until the process is gone; answers whether it went within the limit. */
export async function waitUntilGone(pid: number, limitMs: number): Promise<boolean> {
  const deadline = Date.now() + limitMs;
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}

/** Asks a process to end, waits within the limit, then kills it. */
export async function endProcess(pid: number, limitMs: number): Promise<void> {
  signal(pid, 'SIGTERM');
  if (await waitUntilGone(pid, limitMs)) return;
  signal(pid, 'SIGKILL');
  await waitUntilGone(pid, 10_000);
}
