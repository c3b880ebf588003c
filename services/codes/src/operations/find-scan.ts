import type { ResolvedScan, Scan } from '@ddp/contracts/codes/schemas';
import { createReadGroup } from '@ddp/db-kit/read-group';
import { parseShortCode } from '@ddp/qr/short-code';
import { isToken } from '@ddp/qr/token';
import { KeptAnswer } from '@ddp/service-kit/bind-route';
import type { ServiceDeps } from '@ddp/service-kit/open-service';
import type { CodesDatabase } from '../database.ts';
import { createScanCache } from '../scan-cache.ts';
import { listChanges, readChangeHead } from '../store/changes.ts';
import { listScans, type ScanRow } from '../store/scans.ts';

/** What a code leads to, made once for all who scan it. */
export interface KnownScan {
  shown: KeptAnswer<Scan>;
  resolved: KeptAnswer<ResolvedScan>;
  /** When a replaced code ends, by the product's clock. */
  endsAtMs: number | null;
}

/** Scans that one statement looks up, and that may wait for one. */
const groupSize = 200;
const longestQueue = 10_000;

/** Finds what codes lead to, in memory where it is remembered. */
export function createScans(
  { store, clock }: Pick<ServiceDeps<CodesDatabase>, 'store' | 'clock'>,
  capacity: number,
) {
  const cache = createScanCache<KnownScan>({
    capacity,
    monotonicMs: () => performance.now(),
    readHead: () => readChangeHead(store.db),
    listChanges: (after, upTo) => listChanges(store.db, after, upTo),
    load: createReadGroup({
      maxSize: groupSize,
      maxQueue: longestQueue,
      async read(keys) {
        const nowMs = clock.now().getTime();
        const tokens = await listScans(store.db, store.clock, 'token', keys.filter(isToken));
        const typed = keys.filter((key) => !isToken(key));
        const shorts = await listScans(store.db, store.clock, 'short_code', typed);
        const found = new Map<string, KnownScan>();
        for (const [key, row] of [...tokens, ...shorts]) found.set(key, toKnownScan(row, nowMs));
        return found;
      },
    }),
  });
  return {
    /** A token as scanned or a short code as typed; whatever is not in force is null. */
    async find(text: string): Promise<KnownScan | null> {
      const key = isToken(text) ? text : parseShortCode(text);
      if (key === null) return null;
      const known = await cache.find(key);
      if (known === undefined) return null;
      if (known.endsAtMs === null || known.endsAtMs > clock.now().getTime()) return known;
      cache.forget(key);
      return null;
    },
    /** To be called behind a commit of this process that changed what a code leads to. */
    distrust: cache.distrust,
  };
}

export type Scans = ReturnType<typeof createScans>;

function toKnownScan({ scan, remainingMs }: ScanRow, nowMs: number): KnownScan {
  const { codeId, subject, place } = scan;
  return {
    shown: new KeptAnswer({ codeId, subject, place }),
    resolved: new KeptAnswer(scan),
    endsAtMs: remainingMs === null ? null : nowMs + remainingMs,
  };
}
