import { readNow } from '@ddp/db-kit/time';
import { transact } from '@ddp/db-kit/transact';
import type { Transaction } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import type { RatingsDeps } from '../deps.ts';
import { cutBins } from '../domain/bin.ts';
import {
  insertBins,
  listDuePools,
  listUntold,
  lockPool,
  movePool,
  type Pool,
} from '../store/bins.ts';
import { withdrawableMs } from '../store/pools.ts';

const poolsPerRound = 200;
const mostRounds = 50;
const ratingsPerPass = 2_000;

/**
 * Tells of ratings that cannot be withdrawn any more, in groups of five raters or more. Found by
 * their deadline, subject by subject, so that one that fails does not hold up the others.
 */
export async function tellRatings(deps: RatingsDeps): Promise<void> {
  const { store, log } = deps;
  for (let round = 0; round < mostRounds; round += 1) {
    const pools = await listDuePools(store.db, await readNow(store.db, store.clock), poolsPerRound);
    let failures = 0;
    for (const pool of pools) {
      await transact(store.db, (tx) => tellPool(deps, tx, pool)).catch((error: unknown) => {
        failures += 1;
        log.error({ err: error }, 'ratings of a subject could not be told');
      });
    }
    if (failures > 0 || pools.length < poolsPerRound) return;
  }
}

async function tellPool(
  { store }: RatingsDeps,
  tx: Transaction<RatingsDatabase>,
  pool: Pool,
): Promise<void> {
  const lastId = await lockPool(tx, pool);
  const now = await readNow(tx, store.clock);
  const rows = await listUntold(tx, pool, lastId, ratingsPerPass);
  const isFresh = (row: { ratedAt: Date }) =>
    row.ratedAt.getTime() + withdrawableMs > now.getTime();
  const firstFresh = rows.findIndex(isFresh);
  const ripe = firstFresh < 0 ? rows : rows.slice(0, firstFresh);
  const bins = cutBins(ripe);
  await insertBins(tx, pool, bins, now);
  await movePool(tx, pool, { lastId: bins.at(-1)?.lastId ?? null, lookAt: nextLook() });

  function nextLook(): Date | null {
    const fresh = firstFresh < 0 ? undefined : rows[firstFresh];
    if (fresh) return new Date(fresh.ratedAt.getTime() + withdrawableMs);
    // More ratings lie behind those of this pass.
    return rows.length === ratingsPerPass && bins.length > 0 ? now : null;
  }
}
