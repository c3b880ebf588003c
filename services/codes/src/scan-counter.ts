export interface CountedScans {
  codeId: string;
  /** `YYYY-MM-DD` in Asia/Shanghai. */
  onDate: string;
  scans: number;
}

export interface ScanCounterOptions {
  /** Codes and days held at the most; what comes beyond is not counted. */
  capacity: number;
  /** Counts are written so long after the first of them. */
  flushAfterMs: number;
  /** Rows of one write. */
  groupSize: number;
  newId: () => string;
  /** Adds a group to what is stored, once for each id, however often it is called. */
  write: (groupId: string, counts: readonly CountedScans[]) => Promise<void>;
  onFailure: (error: unknown) => void;
}

/**
 * Counts scans in memory and writes them in groups: a scan costs no write of its own. A crash loses
 * what was not written yet, the scans of a few seconds; an orderly stop loses none.
 */
export function createScanCounter(options: ScanCounterOptions) {
  let counts = new Map<string, CountedScans>();
  /** Groups under way, kept with their ids until they are known to be written. */
  let groups: { id: string; counts: CountedScans[] }[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> | undefined;

  function gather(): void {
    const all = [...counts.values()].sort((a, b) => (a.codeId < b.codeId ? -1 : 1));
    counts = new Map();
    for (let from = 0; from < all.length; from += options.groupSize) {
      groups.push({ id: options.newId(), counts: all.slice(from, from + options.groupSize) });
    }
  }

  async function writeGroups(): Promise<void> {
    if (groups.length === 0) gather();
    for (const group of [...groups]) {
      await options.write(group.id, group.counts);
      groups = groups.filter((one) => one !== group);
    }
  }

  function flush(): Promise<void> {
    writing ??= writeGroups().finally(() => {
      writing = undefined;
    });
    return writing;
  }

  function schedule(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      flush()
        .catch(options.onFailure)
        .finally(() => {
          if (counts.size > 0 || groups.length > 0) schedule();
        });
    }, options.flushAfterMs).unref();
  }

  return {
    count(codeId: string, onDate: string): void {
      const key = `${codeId} ${onDate}`;
      const known = counts.get(key);
      if (known) known.scans += 1;
      else if (counts.size < options.capacity) counts.set(key, { codeId, onDate, scans: 1 });
      schedule();
    },
    /** Writes what was counted up to now, as far as the database takes it. */
    async stop(): Promise<void> {
      clearTimeout(timer);
      await flush().catch(options.onFailure);
      await flush().catch(options.onFailure);
    },
  };
}

export type ScanCounter = ReturnType<typeof createScanCounter>;
