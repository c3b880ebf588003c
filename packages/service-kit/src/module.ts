import type { Clock } from '@ddp/calendar/clock';
import type { Fetch } from '@ddp/contracts/call';
import type { ServiceName } from '@ddp/contracts/service-name';
import type { Invariant } from '@ddp/db-kit/invariant';
import type { Environment, HostConfig } from './config.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

/** Where another service is reached: mounted in this process, or over the network. */
export interface Peer {
  baseUrl: string;
  fetch: Fetch;
}

/** Answers a request; the second argument comes from the HTTP server. */
export type ServerFetch = (request: Request, env?: object) => Promise<Response>;

/** What a module gets from the process it lives in. */
export interface ModuleContext {
  environment: Environment;
  host: HostConfig;
  clock: Clock;
  log: Log;
  metrics: Metrics;
  peerOf: (service: ServiceName) => Peer;
}

/** A module at work. `fetch` may be called before `start`; jobs and consumers run only after it. */
export interface RunningModule {
  name: string;
  /** `env` is what the HTTP server tells of the connection, where there is one. */
  fetch: ServerFetch;
  start(): Promise<void>;
  /** Ends streams, before the server waits for what is under way. */
  drain?(): void;
  stop(): Promise<void>;
  /** Throws while a request could not be served. */
  checkReady(): Promise<void>;
}

/** A service as the composition root and its own `main` see it. */
export interface ServiceModule {
  name: ServiceName | 'gateway';
  /** Port when it runs alone and none is set. */
  defaultPort: number;
  /** What must hold over its schema; the audit runs them all. */
  invariants: readonly Invariant[];
  create(context: ModuleContext): Promise<RunningModule>;
}
