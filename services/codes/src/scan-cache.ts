export interface ScanCacheOptions<Value> {
  /** Values kept at the most; the oldest that nobody asked for again goes first. */
  capacity: number;
  /** A clock that only goes on, in milliseconds. */
  monotonicMs: () => number;
  readHead: () => Promise<number>;
  /** The keys of each change after one number up to another; old changes may be gone. */
  listChanges: (after: number, upTo: number) => Promise<string[][]>;
  load: (key: string) => Promise<Value | undefined>;
}

/** The change log is looked at so often, by whoever asks; nobody looks when nobody asks. */
const followEveryMs = 1_000;
/** What is remembered may be told for so long after the log was last looked at. */
const trustMs = 4_000;
/** Further behind than this it is cheaper to forget everything. */
const longestCatchUp = 2_000;

interface FollowerOptions {
  monotonicMs: () => number;
  readHead: () => Promise<number>;
  /** Brings what is remembered from one number of the log up to another. */
  apply: (after: number, upTo: number) => Promise<void>;
}

/** Looks at a log of changes when it is asked to, one look at a time. */
function createFollower(options: FollowerOptions) {
  let cursor: number | undefined;
  let followedAtMs = Number.NEGATIVE_INFINITY;
  /** Changes that this process made, and how many of them the last look at the log came after. */
  let made = 0;
  let followedMade = 0;
  let following: { made: number; done: Promise<void> } | undefined;
  const ageMs = () => options.monotonicMs() - followedAtMs;

  async function catchUp(madeBefore: number): Promise<void> {
    const beganAtMs = options.monotonicMs();
    const head = await options.readHead();
    if (cursor !== undefined && cursor < head) await options.apply(cursor, head);
    cursor = head;
    followedAtMs = beganAtMs;
    followedMade = madeBefore;
  }

  return {
    /** Looks at the log, unless somebody does since the last change that this process made. */
    async follow(): Promise<void> {
      while (following && following.made < made) await following.done.catch(() => {});
      if (!following) {
        const done = catchUp(made).finally(() => {
          following = undefined;
        });
        following = { made, done };
      }
      await following.done;
    },
    isTrusted: () => followedMade === made && ageMs() < trustMs,
    isDue: () => ageMs() >= followEveryMs,
    cursor: () => cursor,
    noteOwnChange(): void {
      made += 1;
    },
  };
}

interface Entry<Value> {
  value: Value;
  /** Since it was last spared. */
  wasAsked: boolean;
}

/**
 * Remembers what keys lead to, and follows a log of changes, so that a change anywhere is honoured
 * everywhere within five seconds, also when the log cannot be read: then every key is loaded. What
 * leads nowhere is never remembered, so that guesses cannot crowd out what people scan.
 */
export function createScanCache<Value>(options: ScanCacheOptions<Value>) {
  const entries = new Map<string, Entry<Value>>();
  const log = createFollower({
    monotonicMs: options.monotonicMs,
    readHead: options.readHead,
    async apply(after, upTo) {
      const missed = upTo - after;
      const changes = missed > longestCatchUp ? [] : await options.listChanges(after, upTo);
      // Numbers have no gap: one that is not found was purged, and whose it was is not known.
      if (changes.length !== missed) entries.clear();
      else for (const key of changes.flat()) entries.delete(key);
    },
  });

  async function findAnew(key: string): Promise<Value | undefined> {
    if (!log.isTrusted()) await log.follow();
    const before = log.cursor();
    const loaded = entries.get(key)?.value ?? (await options.load(key));
    // A change that was followed meanwhile may be of this key.
    if (loaded !== undefined && log.cursor() === before) remember(key, loaded);
    return loaded;
  }

  function remember(key: string, value: Value): void {
    entries.set(key, { value, wasAsked: false });
    if (entries.size > options.capacity) forgetOne();
  }

  /**
   * Whoever was asked for is spared once and goes behind the others. A hit only sets a mark: to move
   * the entry then would write a new key into an old map, and clearing those away takes longer than
   * the answers.
   */
  function forgetOne(): void {
    for (const [key, entry] of entries) {
      entries.delete(key);
      if (!entry.wasAsked) return;
      entry.wasAsked = false;
      entries.set(key, entry);
    }
  }

  return {
    /** The value of a key, or undefined where it leads nowhere. */
    async find(key: string): Promise<Value | undefined> {
      if (!log.isTrusted()) return findAnew(key);
      const known = entries.get(key);
      if (log.isDue()) log.follow().catch(() => {});
      if (known === undefined) return findAnew(key);
      known.wasAsked = true;
      return known.value;
    },
    /** Forgets one key, whose time is over by the clock alone. */
    forget(key: string): void {
      entries.delete(key);
    },
    /** This process changed something: nothing is told any more before the log was looked at. */
    distrust: log.noteOwnChange,
    size: () => entries.size,
  };
}

export type ScanCache<Value> = ReturnType<typeof createScanCache<Value>>;
