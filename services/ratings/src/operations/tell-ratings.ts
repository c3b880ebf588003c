import { idToBinary } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import { transact } from '@ddp/db-kit/transact';
import type { Transaction } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import type { RatingsDeps } from '../deps.ts';
import { type Bin, cutBins, type OpenBin } from '../domain/bin.ts';
import {
  insertBins,
  listDuePools,
  listUntold,
  lockPool,
  movePool,
  type Pool,
  postponePool,
} from '../store/bins.ts';
import { withdrawableMs } from '../store/pools.ts';

const poolsPerRound = 200;
const mostRounds = 50;
const ratingsPerPass = 2_000;
const patienceAfterFailureMs = 10 * 60_000;

/**
 * Tells of ratings that cannot be withdrawn any more, in groups of five raters or more. Found by
 * their deadline, subject by subject; one that fails is looked at again later and holds up no other.
 */
export async function tellRatings(deps: RatingsDeps): Promise<void> {
  const { store, log } = deps;
  for (let round = 0; round < mostRounds; round += 1) {
    const now = await readNow(store.db, store.clock);
    const pools = await listDuePools(store.db, now, poolsPerRound);
    for (const pool of pools) {
      try {
        await transact(store.db, (tx) => tellPool(deps, tx, pool));
      } catch (error) {
        log.error({ err: error }, 'ratings of a subject could not be told');
        await postponePool(store.db, pool, new Date(now.getTime() + patienceAfterFailureMs));
      }
    }
    if (pools.length < poolsPerRound) return;
  }
}

async function tellPool(
  { store }: RatingsDeps,
  tx: Transaction<RatingsDatabase>,
  pool: Pool,
): Promise<void> {
  const lastId = await lockPool(tx, pool);
  const now = await readNow(tx, store.clock);
  const { bins, skippedTo, freshAt, isMore } = await cutPool(tx, pool, lastId, now);
  await insertBins(tx, pool, bins, now);
  const lookAt = freshAt ? new Date(freshAt.getTime() + withdrawableMs) : null;
  await movePool(tx, pool, {
    lastId: bins.at(-1)?.lastId ?? skippedTo,
    lookAt: isMore ? now : lookAt,
  });
}

/** The next bins of a pool. Reads on where a page has none: all of it may have been withdrawn. */
async function cutPool(tx: Transaction<RatingsDatabase>, pool: Pool, lastId: Buffer, now: Date) {
  let after = lastId;
  let open: OpenBin | null = null;
  let skippedTo: string | null = null;
  for (;;) {
    const rows = await listUntold(tx, pool, after, ratingsPerPass);
    const firstFresh = rows.findIndex(
      ({ ratedAt }) => ratedAt.getTime() + withdrawableMs > now.getTime(),
    );
    const ripe = firstFresh < 0 ? rows : rows.slice(0, firstFresh);
    const cut: { bins: Bin[]; open: OpenBin | null } = cutBins(ripe, open);
    const freshAt = rows[firstFresh]?.ratedAt ?? null;
    const isWhole = freshAt === null && rows.length === ratingsPerPass;
    const last = rows.at(-1);
    if (cut.bins.length > 0 || !isWhole || !last) {
      return { bins: cut.bins, skippedTo, freshAt, isMore: isWhole && cut.bins.length > 0 };
    }
    open = cut.open;
    // A page without any rating that counts is read once.
    if (open === null) skippedTo = last.id;
    after = idToBinary(last.id);
  }
}
