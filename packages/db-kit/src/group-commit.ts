import { isDatabaseUnavailable } from './errors.ts';

/** The waiting line of a commit group is full, or too slow; the caller may come back in a moment. */
export class GroupBusyError extends Error {
  override name = 'GroupBusyError';
}

export interface CommitGroupOptions<Command, Verdict> {
  /** Size of one batch at the most; a larger command is a batch of its own. */
  maxSize: number;
  /** Size that may wait; what goes beyond is refused with GroupBusyError, save when nothing waits. */
  maxQueue: number;
  /** After this time the caller is gone: a command whose batch has not begun by then is refused. */
  maxWaitMs: number;
  /** What a command counts for in its batch and in the waiting line. */
  sizeOf: (command: Command) => number;
  /** Decides and writes a batch in one transaction; one verdict a command, in the same order. */
  run: (commands: Command[]) => Promise<Verdict[]>;
  /** True for an error that no command brought about, and that all of them would meet again. */
  isShared?: (error: unknown) => boolean;
  nowMs?: () => number;
}

export interface CommitGroup<Command, Verdict> {
  /**
   * Runs the commands of one caller, in their order; they take turns with those of other callers.
   * Throws GroupBusyError, with nothing written, unless all of them may wait.
   */
  submit(commands: readonly Command[]): Promise<PromiseSettledResult<Verdict>[]>;
  drain(): Promise<void>;
}

interface Waiting<Command, Verdict> {
  command: Command;
  size: number;
  endsAtMs: number;
  resolve: (verdict: Verdict) => void;
  reject: (error: unknown) => void;
}

/**
 * Collects commands for as long as the commit before takes and runs them as one batch. Callers take
 * turns, one command a turn, so that a long request holds up nobody for longer than a batch. A lone
 * command never waits for a timer. When a batch fails as a whole, each of its commands is run alone
 * once, so that one bad command cannot fail its neighbours; what no command brought about, as a database
 * that is away, fails them all.
 */
export function createCommitGroup<Command, Verdict>(
  options: CommitGroupOptions<Command, Verdict>,
): CommitGroup<Command, Verdict> {
  const { maxSize, maxQueue, maxWaitMs, sizeOf } = options;
  const { isShared = isDatabaseUnavailable, nowMs = () => performance.now() } = options;
  const line = createWaitingLine<Command, Verdict>();
  let loop: Promise<void> | undefined;

  async function runBatch(batch: Waiting<Command, Verdict>[]): Promise<void> {
    try {
      const verdicts = await options.run(batch.map((entry) => entry.command));
      batch.forEach((entry, index) => {
        entry.resolve(verdicts[index] as Verdict);
      });
    } catch (error) {
      const isHopeless = batch.length === 1 || isShared(error);
      for (const entry of batch) {
        if (isHopeless) entry.reject(error);
        else await runBatch([entry]);
      }
    }
  }

  async function work(): Promise<void> {
    while (!line.isEmpty()) {
      const batch = line.take(maxSize, nowMs());
      if (batch.length > 0) await runBatch(batch);
    }
    loop = undefined;
  }

  return {
    async submit(commands) {
      const endsAtMs = nowMs() + maxWaitMs;
      const sizes = commands.map(sizeOf);
      const size = sizes.reduce((sum, each) => sum + each, 0);
      if (!line.isEmpty() && line.size() + size > maxQueue) {
        throw new GroupBusyError('too many writes wait for this group');
      }
      const entries: Waiting<Command, Verdict>[] = [];
      const verdicts = commands.map(
        (command, index) =>
          new Promise<Verdict>((resolve, reject) => {
            entries.push({ command, size: sizes[index] ?? 0, endsAtMs, resolve, reject });
          }),
      );
      line.add(entries, size);
      loop ??= Promise.resolve().then(work);
      return Promise.allSettled(verdicts);
    },
    async drain() {
      await loop;
    },
  };
}

/** What waits: for each caller its commands in their order, and the callers in order of their turns. */
function createWaitingLine<Command, Verdict>() {
  const callers: Waiting<Command, Verdict>[][] = [];
  let waitingSize = 0;
  return {
    isEmpty: () => callers.length === 0,
    size: () => waitingSize,
    add(entries: Waiting<Command, Verdict>[], size: number): void {
      if (entries.length > 0) callers.push(entries);
      waitingSize += size;
    },
    /** The next batch, without the commands whose time is over: those are refused. */
    take(maxSize: number, nowMs: number): Waiting<Command, Verdict>[] {
      const batch: Waiting<Command, Verdict>[] = [];
      let size = 0;
      let turns = 0;
      for (const commands of callers) {
        const [next] = commands;
        if (next === undefined) throw new Error('a caller without commands waits');
        const isLate = next.endsAtMs < nowMs;
        if (!isLate && batch.length > 0 && size + next.size > maxSize) break;
        turns += 1;
        commands.shift();
        waitingSize -= next.size;
        // Behind all the others: the loop comes by again where the batch has room.
        if (commands.length > 0) callers.push(commands);
        if (isLate) {
          next.reject(new GroupBusyError('a write waited too long for this group'));
        } else {
          batch.push(next);
          size += next.size;
        }
      }
      callers.splice(0, turns);
      return batch;
    },
  };
}
