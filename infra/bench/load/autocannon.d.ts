declare module 'autocannon' {
  import type { EventEmitter } from 'node:events';

  interface RequestOptions {
    setupRequest(request: object): object;
    onResponse?: (status: number, body: string) => void;
  }

  interface Options {
    url: string;
    connections: number;
    /** Seconds. */
    duration: number;
    /** Seconds. */
    timeout: number;
    /** Milliseconds between looks at whether the time is over. */
    sampleInt: number;
    requests: RequestOptions[];
  }

  interface Result {
    /** Lost connections and timeouts. */
    errors: number;
  }

  interface Instance extends EventEmitter {
    on(
      event: 'response',
      listener: (client: unknown, status: number, bytes: number, milliseconds: number) => void,
    ): this;
  }

  function autocannon(
    options: Options,
    done: (error: Error | null, result: Result) => void,
  ): Instance;

  export { autocannon as default, type RequestOptions, type Result };
}
