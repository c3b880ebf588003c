import { GroupBusyError } from './group-commit.ts';

export interface ReadGroupOptions<Value> {
  /** Keys that one read takes at the most. */
  maxSize: number;
  /** Keys that may wait; one more is refused with GroupBusyError. */
  maxQueue: number;
  /** Reads what there is of these keys by one statement. */
  read: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>;
}

interface Waiting<Value> {
  key: string;
  resolve: (value: Value | undefined) => void;
  reject: (error: unknown) => void;
}

/**
 * Joins reads that wait at the same moment into one statement. Every answer is of a read that began
 * after it was asked for, so that nobody misses a write that was told before. A lone read never
 * waits for a timer.
 */
export function createReadGroup<Value>(
  options: ReadGroupOptions<Value>,
): (key: string) => Promise<Value | undefined> {
  const waiting: Waiting<Value>[] = [];
  let isAtWork = false;

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, options.maxSize);
      try {
        const values = await options.read([...new Set(batch.map(({ key }) => key))]);
        for (const { key, resolve } of batch) resolve(values.get(key));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    isAtWork = false;
  }

  return (key) => {
    if (waiting.length >= options.maxQueue) {
      return Promise.reject(new GroupBusyError('too many reads wait'));
    }
    return new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject });
      if (isAtWork) return;
      isAtWork = true;
      void Promise.resolve().then(work);
    });
  };
}
