/** One private engine that this process started or took over. */
export interface Engine {
  /** `mysql://…` or `redis://…` with the account that may do everything. */
  url: string;
  /** Process id of the server; 0 for an engine in a container. */
  pid: number;
  /** What runs, for the eye: `MariaDB 10.11.19`. */
  description: string;
  /** Asks it to end, waits, then kills. Resolves once it is gone; a second call does nothing. */
  stop(): Promise<void>;
  /** Ends it at once, as a power cut would. The data stay. */
  kill9(): Promise<void>;
  /** Starts it again on the same port and data, after a stop or a kill. */
  restart(): Promise<void>;
}

/** Says a line to the person at the terminal. */
export type Say = (line: string) => void;

export interface EngineOptions {
  /** Folder of this engine alone; made when absent, found again by the next start. */
  dir: string;
  /** `full` loses nothing that was acknowledged; `test` trades that for speed. */
  durability: 'full' | 'test';
  say: Say;
  /** Bytes of buffer pool (database) or of memory (Redis); the engine's default rule otherwise. */
  memoryBytes?: number;
  /** More server options, for tests that need an engine of a special kind. */
  extraArgs?: string[];
}
