import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Stop } from '../bootstrap/stop.mjs';
import { endProcess, signal, waitUntilGone } from '../engines/processes.ts';
import type { LogSink } from './log-sink.ts';

/** Without a word from the program; one that tells how far it is, as the demo does, goes on. */
const readyLimitMs = 120_000;
const mostReadyMs = 30 * 60_000;
const stopLimitMs = 30_000;

export interface ServiceProcessOptions {
  /** For messages: `suite`, `points`, … */
  name: string;
  /** Path of the program, run by this Node. */
  script: string;
  args?: string[];
  env: NodeJS.ProcessEnv;
  /** Answers 200 once the process serves. */
  healthUrl: string;
  log: LogSink;
  /** Gets lines of stdout that begin with `@`, which are for the runner and stay out of the log. */
  onAnnouncement?: (line: string) => void;
  onSpawn?: (pid: number) => void;
  readyLimitMs?: number;
  /** Called while waiting; throws once nobody wants the program any more. */
  checkpoint?: () => void;
}

/** A Node program of the house that runs beside this one. */
export interface ServiceProcess {
  readonly name: string;
  /** Of the present incarnation; another one after `restart`. */
  readonly pid: number;
  readonly isRunning: boolean;
  /** Asks it to end, waits, then kills. */
  stop(): Promise<void>;
  /** Ends it at once. */
  kill9(): Promise<void>;
  /** Starts it again, also after a kill, and waits until it serves. */
  restart(): Promise<void>;
  /** Resolves when it ends, by whatever cause. */
  ended(): Promise<void>;
}

interface Launched {
  child: ChildProcess;
  /** When it last wrote a line. */
  heardAt: number;
}

function launch(options: ServiceProcessOptions): Launched {
  const child = spawn(process.execPath, [options.script, ...(options.args ?? [])], {
    env: options.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (child.pid !== undefined) options.onSpawn?.(child.pid);
  const launched = { child, heardAt: Date.now() };
  child.on('error', (error) => options.log.write(String(error)));
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', (line) => {
      launched.heardAt = Date.now();
      if (line.startsWith('@') && options.onAnnouncement) options.onAnnouncement(line);
      else options.log.write(line);
    });
  }
  return launched;
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}

async function waitUntilHealthy(launched: Launched, options: ServiceProcessOptions) {
  const { child } = launched;
  try {
    await pollHealth(launched, options);
  } catch (error) {
    if (!hasEnded(child)) await endProcess(child.pid ?? 0, 5_000);
    throw error;
  }
}

async function pollHealth(launched: Launched, options: ServiceProcessOptions): Promise<void> {
  const limitMs = options.readyLimitMs ?? readyLimitMs;
  const startedAt = Date.now();
  while (!(await isHealthy(options.healthUrl))) {
    options.checkpoint?.();
    const ended = hasEnded(launched.child);
    const isSilent = Date.now() > launched.heardAt + limitMs;
    if (ended || isSilent || Date.now() > startedAt + mostReadyMs) {
      // The last lines of a program that has just ended may still be on their way.
      await sleep(50);
      const what = ended ? 'ended at its start' : 'did not become ready';
      throw new Stop(
        `${options.name} ${what}; its log ${options.log.file} ends with:\n${options.log.tail()}`,
      );
    }
    await sleep(50);
  }
}

function waitForExit(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

/** Starts a program and waits until it answers its health check. */
export async function startServiceProcess(options: ServiceProcessOptions): Promise<ServiceProcess> {
  let launched = launch(options);
  await waitUntilHealthy(launched, options);
  const stop = async () => {
    if (!hasEnded(launched.child)) await endProcess(launched.child.pid ?? 0, stopLimitMs);
  };
  return {
    name: options.name,
    get pid() {
      return launched.child.pid ?? 0;
    },
    get isRunning() {
      return !hasEnded(launched.child);
    },
    stop,
    async kill9() {
      const { child } = launched;
      if (hasEnded(child)) return;
      const exit = waitForExit(child);
      signal(child.pid ?? 0, 'SIGKILL');
      await waitUntilGone(child.pid ?? 0, 10_000);
      await exit;
    },
    async restart() {
      await stop();
      launched = launch(options);
      await waitUntilHealthy(launched, options);
    },
    ended: () => waitForExit(launched.child),
  };
}
