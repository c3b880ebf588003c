import { createHash } from 'node:crypto';

/** What happened, in order; two runs of one seed have the same hash. */
export interface Trace {
  record(...event: unknown[]): void;
  /** Of everything recorded so far. */
  hash(): string;
  steps(): number;
}

export function createTrace(): Trace {
  const hash = createHash('sha256');
  let steps = 0;
  return {
    record(...event) {
      steps += 1;
      hash.update(`${JSON.stringify(event)}\n`);
    },
    hash: () => hash.copy().digest('hex'),
    steps: () => steps,
  };
}

/** Something happened that must not; the message says what. */
export class Violation extends Error {
  override name = 'Violation';
}

export function insist(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Violation(what);
}
