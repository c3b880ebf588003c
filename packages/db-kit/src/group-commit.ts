import { isDatabaseUnavailable } from './errors.ts';

/** The waiting line of a commit group is full; the caller may come back after a moment. */
export class GroupBusyError extends Error {
  override name = 'GroupBusyError';
}

export interface CommitGroupOptions<Command, Verdict> {
  /** Size of one batch at the most; a larger command is a batch of its own. */
  maxSize: number;
  /** Commands that may wait; one more is refused with GroupBusyError. */
  maxQueue: number;
  /** What a command counts for in its batch. */
  sizeOf: (command: Command) => number;
  /** Decides and writes a batch in one transaction; one verdict a command, in the same order. */
  run: (commands: Command[]) => Promise<Verdict[]>;
}

export interface CommitGroup<Command, Verdict> {
  submit(command: Command): Promise<Verdict>;
  /** Whether this many commands, submitted now, would all be taken. */
  hasRoom(commands: number): boolean;
  drain(): Promise<void>;
}

interface Waiting<Command, Verdict> {
  command: Command;
  resolve: (verdict: Verdict) => void;
  reject: (error: unknown) => void;
}

/**
 * Collects commands for as long as the commit before takes and runs them as one batch, in the order
 * they came. A lone command never waits for a timer. When a batch fails as a whole, each of its
 * commands is run alone once, so that one bad command cannot fail its neighbours; a database that
 * is away fails them all.
 */
export function createCommitGroup<Command, Verdict>(
  options: CommitGroupOptions<Command, Verdict>,
): CommitGroup<Command, Verdict> {
  const waiting: Waiting<Command, Verdict>[] = [];
  let loop: Promise<void> | undefined;

  async function runBatch(batch: Waiting<Command, Verdict>[]): Promise<void> {
    try {
      const verdicts = await options.run(batch.map((entry) => entry.command));
      batch.forEach((entry, index) => {
        entry.resolve(verdicts[index] as Verdict);
      });
    } catch (error) {
      const isHopeless = batch.length === 1 || isDatabaseUnavailable(error);
      for (const entry of batch) {
        if (isHopeless) entry.reject(error);
        else await runBatch([entry]);
      }
    }
  }

  function takeBatch(): Waiting<Command, Verdict>[] {
    let size = 0;
    let count = 0;
    for (const { command } of waiting) {
      size += options.sizeOf(command);
      if (count > 0 && size > options.maxSize) break;
      count += 1;
    }
    return waiting.splice(0, count);
  }

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      await runBatch(takeBatch());
    }
    loop = undefined;
  }

  return {
    submit(command) {
      if (waiting.length >= options.maxQueue) {
        return Promise.reject(new GroupBusyError('too many writes wait for this group'));
      }
      return new Promise((resolve, reject) => {
        waiting.push({ command, resolve, reject });
        loop ??= Promise.resolve().then(work);
      });
    },
    hasRoom: (commands) => waiting.length + commands <= options.maxQueue,
    async drain() {
      await loop;
    },
  };
}
