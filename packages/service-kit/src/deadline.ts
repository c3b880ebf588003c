import { HTTPException } from 'hono/http-exception';

interface Waiting {
  endsAtMs: number;
  end: (error: Error) => void;
}

/** How often it is looked whether somebody waited too long. */
const lookEveryMs = 500;

/**
 * Answers 504 for work that takes longer than `limitMs`; the work itself goes on. One timer looks
 * after all that is under way: one for each, as Hono's `timeout` sets, costs a fifth of a request
 * that is answered from memory.
 */
export function createDeadline(limitMs: number) {
  // In the order in which they began, and so in which they end.
  const waiting = new Set<Waiting>();
  let timer: NodeJS.Timeout | undefined;

  function look(): void {
    const nowMs = performance.now();
    for (const entry of waiting) {
      if (entry.endsAtMs > nowMs) break;
      waiting.delete(entry);
      entry.end(new HTTPException(504));
    }
    if (waiting.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  }

  return <Result>(work: () => Promise<Result>): Promise<Result> =>
    new Promise((resolve, reject) => {
      const entry: Waiting = { endsAtMs: performance.now() + limitMs, end: reject };
      waiting.add(entry);
      timer ??= setInterval(look, lookEveryMs).unref();
      work().then(
        (result) => {
          waiting.delete(entry);
          resolve(result);
        },
        (error: Error) => {
          waiting.delete(entry);
          reject(error);
        },
      );
    });
}
