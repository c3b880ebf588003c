import { isDeepStrictEqual } from 'node:util';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RedemptionProgress } from '@ddp/contracts/rewards/schemas';
import { isUnderWay } from './domain/redemption-state.ts';

export interface Watched {
  id: string;
  personId: string;
}

export interface RedemptionWatchOptions {
  /** How far some redemptions are, by id; what is not there is left out. */
  read: (watched: readonly Watched[]) => Promise<Map<string, RedemptionProgress>>;
  /** How often all that are watched are looked at, by one read. */
  everyMs: number;
  /** How long one is watched; shorter than the deadline of whoever passes the events on. */
  mostMs: number;
  /** One more is refused. */
  mostWatched: number;
}

interface Watcher extends Watched {
  last: RedemptionProgress;
  endsAtMs: number;
  controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>;
}

const encoder = new TextEncoder();

/** Streams of server-sent events about redemptions under way, of all who watch in this process. */
export function createRedemptionWatch(options: RedemptionWatchOptions) {
  const watchers = new Set<Watcher>();
  let timer: NodeJS.Timeout | undefined;

  function tell(watcher: Watcher, event: string, data: unknown): void {
    const text = `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
    watcher.controller.enqueue(encoder.encode(text));
  }

  function close(watcher: Watcher): void {
    if (watchers.delete(watcher)) watcher.controller.close();
  }

  function show(watcher: Watcher, progress: RedemptionProgress): void {
    watcher.last = progress;
    tell(watcher, 'redemption', progress);
    if (isUnderWay(progress.state)) return;
    tell(watcher, 'end', { id: progress.id });
    close(watcher);
  }

  async function look(): Promise<void> {
    // Whoever cannot be told now is told by the next look, or asks again.
    const found = await options.read([...watchers]).catch(() => null);
    for (const watcher of watchers) {
      const progress = found?.get(watcher.id);
      const isNews = progress !== undefined && !isDeepStrictEqual(progress, watcher.last);
      if (isNews) show(watcher, progress);
      const isGone = found !== null && progress === undefined;
      if (isGone || performance.now() >= watcher.endsAtMs) close(watcher);
    }
    timer = watchers.size === 0 ? undefined : lookSoon();
  }

  const lookSoon = () => setTimeout(() => void look(), options.everyMs).unref();

  return {
    /** Events from a state that was read on. Throws a Problem where too many are watched. */
    open(first: RedemptionProgress, personId: string): ReadableStream<Uint8Array<ArrayBuffer>> {
      if (watchers.size >= options.mostWatched) {
        throw new Problem(commonProblems.busy, { retryAfterSeconds: 2 });
      }
      const { id } = first;
      let watcher: Watcher | undefined;
      return new ReadableStream({
        start(controller) {
          const endsAtMs = performance.now() + options.mostMs;
          watcher = { id, personId, last: first, endsAtMs, controller };
          watchers.add(watcher);
          controller.enqueue(encoder.encode('retry: 1000\n\n'));
          show(watcher, first);
          if (watchers.size > 0) timer ??= lookSoon();
        },
        cancel() {
          if (watcher) watchers.delete(watcher);
        },
      });
    },
    stop(): void {
      clearTimeout(timer);
      for (const watcher of watchers) close(watcher);
    },
  };
}

export type RedemptionWatch = ReturnType<typeof createRedemptionWatch>;
