import { join } from 'node:path';
import { serviceNames } from '@ddp/contracts/service-name';
import { findFreePort } from './engines/ports.ts';
import { openLog } from './processes/log-sink.ts';
import { programOf } from './processes/program.ts';
import { type ServiceProcess, startServiceProcess } from './processes/service-process.ts';

export interface TopologyOptions {
  /** `mounted`: one process, the suite. `split`: one a service, behind the gateway. */
  topology: 'mounted' | 'split';
  /** DATABASE_URL, REDIS_URL, DDP_MASTER_KEY, … as every process gets them. */
  env: NodeJS.ProcessEnv;
  /** The one port people use; a free one when absent. */
  port?: number;
  /** Folder for one log a process. */
  logDir: string;
  onAnnouncement?: (line: string) => void;
  /** Hears of each process as soon as it exists, long before it is ready. */
  onSpawn?: (name: string, pid: number) => void;
  readyLimitMs?: number;
  /** Called while waiting; throws once nobody wants the services any more. */
  checkpoint?: () => void;
}

export interface Topology {
  url: string;
  processes: Map<string, ServiceProcess>;
  /** Stops the gateway (or the suite) first, then the services behind it. */
  stop(): Promise<void>;
}

async function stopAll(processes: Map<string, ServiceProcess>): Promise<void> {
  const front = [...processes].filter(([name]) => name === 'gateway' || name === 'suite');
  const behind = [...processes].filter(([name]) => name !== 'gateway' && name !== 'suite');
  await Promise.all(front.map(([, each]) => each.stop()));
  await Promise.all(behind.map(([, each]) => each.stop()));
}

function starter(options: TopologyOptions, processes: Map<string, ServiceProcess>) {
  return async (name: string, port: number, env: NodeJS.ProcessEnv): Promise<void> => {
    const started = await startServiceProcess({
      name,
      script: programOf(name),
      env: { ...process.env, ...options.env, ...env },
      healthUrl: `http://127.0.0.1:${port}/healthz`,
      log: openLog(join(options.logDir, `${name}.log`)),
      ...(options.onAnnouncement ? { onAnnouncement: options.onAnnouncement } : {}),
      ...(options.checkpoint ? { checkpoint: options.checkpoint } : {}),
      onSpawn: (pid) => options.onSpawn?.(name, pid),
      ...(options.readyLimitMs ? { readyLimitMs: options.readyLimitMs } : {}),
    });
    processes.set(name, started);
  };
}

/** Codes carry this address, in whichever process they are made: the one port unless one is given. */
function withPublicUrl(env: NodeJS.ProcessEnv, port: number): NodeJS.ProcessEnv {
  const given = env.PUBLIC_URL || process.env.PUBLIC_URL;
  return { ...env, PUBLIC_URL: given || `http://localhost:${port}` };
}

async function chooseServicePorts(): Promise<Map<string, number>> {
  const ports = new Map<string, number>();
  for (const name of serviceNames) ports.set(name, await findFreePort());
  return ports;
}

function addressesOf(ports: Map<string, number>): NodeJS.ProcessEnv {
  return Object.fromEntries(
    [...ports].flatMap(([name, port]) => [
      [`${name.toUpperCase()}_PORT`, String(port)],
      [`${name.toUpperCase()}_URL`, `http://127.0.0.1:${port}`],
    ]),
  );
}

async function settleAll(starts: Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(starts)).find((each) => each.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/**
 * Starts the built services in either topology and waits until every process is healthy. On a
 * failure whatever has started is stopped, and the error tells the end of the log.
 */
export async function startTopology(options: TopologyOptions): Promise<Topology> {
  const processes = new Map<string, ServiceProcess>();
  const port = options.port ?? (await findFreePort());
  const start = starter({ ...options, env: withPublicUrl(options.env, port) }, processes);
  const front = { PORT: String(port), GATEWAY_PORT: String(port) };
  try {
    if (options.topology === 'mounted') {
      await start('suite', port, front);
    } else {
      const ports = await chooseServicePorts();
      const addresses = addressesOf(ports);
      await settleAll([...ports].map(([name, own]) => start(name, own, addresses)));
      await start('gateway', port, { ...addresses, ...front });
    }
  } catch (error) {
    await stopAll(processes);
    throw error;
  }
  return { url: `http://127.0.0.1:${port}`, processes, stop: () => stopAll(processes) };
}
