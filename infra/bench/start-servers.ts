import { join } from 'node:path';
import { paths } from '../bootstrap/paths.mjs';
import { findFreePort } from '../engines/ports.ts';
import { openLog } from '../processes/log-sink.ts';
import { programOf, type StartableService } from '../processes/program.ts';
import { type ServiceProcess, startServiceProcess } from '../processes/service-process.ts';

/** Steps that stop what was started, to be run last first. */
export type Undo = (() => Promise<void>)[];

export interface StartedServer {
  url: string;
  process: ServiceProcess;
}

const logDir = join(paths.root, '.data', 'bench', 'logs');
const runTypescript = join(paths.root, 'infra', 'bench', 'servers', 'run-typescript.mjs');

async function launch(
  undo: Undo,
  name: string,
  script: string,
  port: number,
  env: NodeJS.ProcessEnv,
): Promise<StartedServer> {
  const url = `http://127.0.0.1:${port}`;
  const isTypeScript = script.endsWith('.ts');
  const started = await startServiceProcess({
    name,
    script: isTypeScript ? runTypescript : script,
    args: isTypeScript ? [script] : [],
    env: { ...process.env, DDP_LOG_LEVEL: 'warn', ...env, PORT: String(port) },
    healthUrl: `${url}/healthz`,
    log: openLog(join(logDir, `${name}.log`)),
  });
  undo.push(started.stop);
  return { url, process: started };
}

/** Starts a program that serves `/healthz` on the port in PORT. */
export async function startServer(
  undo: Undo,
  name: string,
  script: string,
  env: NodeJS.ProcessEnv,
): Promise<StartedServer> {
  return launch(undo, name, script, await findFreePort(), env);
}

/** Starts built services; the gateway last, because it is healthy only when the others are. */
export async function startServices<N extends StartableService>(
  undo: Undo,
  names: readonly N[],
  env: NodeJS.ProcessEnv,
): Promise<Record<N, StartedServer>> {
  const ports = new Map<N, number>();
  for (const name of names) ports.set(name, await findFreePort());
  const addresses = Object.fromEntries(
    [...ports].flatMap(([name, port]) => [
      [`${name.toUpperCase()}_PORT`, String(port)],
      [`${name.toUpperCase()}_URL`, `http://127.0.0.1:${port}`],
    ]),
  );
  const start = async ([name, port]: [N, number]) => {
    const own = { ...env, ...addresses };
    return [name, await launch(undo, name, programOf(name), port, own)] as const;
  };
  const behind = [...ports].filter(([name]) => name !== 'gateway');
  const front = [...ports].filter(([name]) => name === 'gateway');
  const started = await settleAll(behind.map(start));
  started.push(...(await settleAll(front.map(start))));
  return Object.fromEntries(started) as Record<N, StartedServer>;
}

/** Waits for all, so that on a failure nothing is left that starts later. */
async function settleAll<T>(starts: Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(starts);
  return Promise.all(starts);
}
