export interface ScanCacheOptions<Value> {
  /** Values kept at the most; the one not asked for longest goes first. */
  capacity: number;
  /** A clock that only goes on, in milliseconds. */
  monotonicMs: () => number;
  readHead: () => Promise<number>;
  /** Keys that changed after one number up to another. */
  listChanges: (after: number, upTo: number) => Promise<string[]>;
  load: (key: string) => Promise<Value | undefined>;
}

/** The change log is looked at so often, by whoever asks; nobody looks when nobody asks. */
const followEveryMs = 1_000;
/** What is remembered may be told for so long after the log was last looked at. */
const trustMs = 4_000;
/** Further behind than this it is cheaper to forget everything. */
const longestCatchUp = 2_000;

/**
 * Remembers what keys lead to, and follows a log of changes, so that a change anywhere is honoured
 * everywhere within five seconds, also when the log cannot be read: then every key is loaded. What
 * leads nowhere is never remembered, so that guesses cannot crowd out what people scan.
 */
export function createScanCache<Value>(options: ScanCacheOptions<Value>) {
  const entries = new Map<string, Value>();
  let cursor: number | undefined;
  let followedAtMs = Number.NEGATIVE_INFINITY;
  /** Changes that this process made, and how many of them the last look at the log came after. */
  let made = 0;
  let followedMade = 0;
  let following: { made: number; done: Promise<void> } | undefined;

  async function catchUp(madeBefore: number): Promise<void> {
    const beganAtMs = options.monotonicMs();
    const head = await options.readHead();
    const behind = head - (cursor ?? head);
    if (behind > longestCatchUp) entries.clear();
    else if (cursor !== undefined && behind > 0) {
      for (const key of await options.listChanges(cursor, head)) entries.delete(key);
    }
    cursor = head;
    followedAtMs = beganAtMs;
    followedMade = madeBefore;
  }

  /** Looks at the log, unless somebody does since the last change that this process made. */
  async function follow(): Promise<void> {
    while (following && following.made < made) await following.done.catch(() => {});
    if (!following) {
      const done = catchUp(made).finally(() => {
        following = undefined;
      });
      following = { made, done };
    }
    await following.done;
  }

  function isTrusted(): boolean {
    return followedMade === made && options.monotonicMs() - followedAtMs < trustMs;
  }

  async function findAnew(key: string): Promise<Value | undefined> {
    if (!isTrusted()) await follow();
    const before = cursor;
    const loaded = entries.get(key) ?? (await options.load(key));
    // A change that was followed meanwhile may be of this key.
    if (loaded !== undefined && cursor === before) remember(key, loaded);
    return loaded;
  }

  function remember(key: string, value: Value): void {
    entries.delete(key);
    entries.set(key, value);
    if (entries.size <= options.capacity) return;
    const [oldest] = entries.keys();
    if (oldest !== undefined) entries.delete(oldest);
  }

  return {
    /** The value of a key, or undefined where it leads nowhere. */
    async find(key: string): Promise<Value | undefined> {
      if (!isTrusted()) return findAnew(key);
      const known = entries.get(key);
      if (options.monotonicMs() - followedAtMs >= followEveryMs) follow().catch(() => {});
      if (known === undefined) return findAnew(key);
      remember(key, known);
      return known;
    },
    /** Forgets one key, whose time is over by the clock alone. */
    forget(key: string): void {
      entries.delete(key);
    },
    /** This process changed something: nothing is told any more before the log was looked at. */
    distrust(): void {
      made += 1;
    },
    size: () => entries.size,
  };
}

export type ScanCache<Value> = ReturnType<typeof createScanCache<Value>>;
