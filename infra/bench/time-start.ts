import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '../engines/ports.ts';
import { endProcess } from '../engines/processes.ts';
import { readResidentMib } from '../processes/resident-memory.ts';

const limitMs = 60_000;
const lookEveryMs = 5;

export interface TimedStart {
  /** From the spawn to the first 200 of `/healthz`. */
  seconds: number;
  /** Resident memory now, in MiB. */
  readMemoryMib(): number;
  stop(): Promise<void>;
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}

/** Starts a program on the port in PORT and looks every few milliseconds whether it is healthy. */
export async function timeStart(script: string, env: NodeJS.ProcessEnv): Promise<TimedStart> {
  const port = await findFreePort();
  const startedAt = performance.now();
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, ...env, PORT: String(port) },
    detached: true,
    stdio: 'ignore',
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${script} cannot be started`);
  const stop = () => endProcess(pid, 30_000);
  while (!(await isHealthy(`http://127.0.0.1:${port}/healthz`))) {
    if (child.exitCode !== null || performance.now() - startedAt > limitMs) {
      await stop();
      throw new Error(`${script} did not become healthy`);
    }
    await sleep(lookEveryMs);
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  return { seconds, readMemoryMib: () => readResidentMib(pid), stop };
}
