import type { ServiceStore } from '@ddp/db-kit/command';
import { transact } from '@ddp/db-kit/transact';
import type { VolunteeringDatabase } from '../database.ts';
import { periodsOf } from '../domain/statistics.ts';
import {
  dueAgain,
  listTalliedMonths,
  rewriteStatistics,
  type StatisticPart,
} from '../store/rebuild-statistics.ts';
import { takeTurns } from '../store/statistics.ts';
import { tallyHours } from './tally-hours.ts';

export interface RebuiltStatistics {
  periods: number;
  /** Rows that said something else than their records. */
  corrected: number;
}

/**
 * Writes the statistics anew from the records, month by month and quarter by quarter, also while hours
 * come: whoever counts waits for a part, and adds to what was written. What they were not told is told.
 */
export async function rebuildStatistics(deps: {
  store: Pick<ServiceStore<VolunteeringDatabase>, 'db' | 'clock'>;
}): Promise<RebuiltStatistics> {
  const { db } = deps.store;
  const rebuilt = { periods: 0, corrected: 0 };
  for (const part of withQuarters(await listTalliedMonths(db))) {
    rebuilt.corrected += await transact(db, async (tx) => {
      await takeTurns(tx, [part.programmeId]);
      return rewriteStatistics(tx, part);
    });
    rebuilt.periods += 1;
  }
  await dueAgain(db, deps.store.clock);
  await tallyHours(deps);
  return rebuilt;
}

function withQuarters(months: readonly StatisticPart[]): StatisticPart[] {
  const quarters = new Map<string, StatisticPart>();
  for (const { programmeId, period } of months) {
    const [, quarter] = periodsOf(`${period}-01`);
    quarters.set(`${programmeId} ${quarter}`, { programmeId, period: quarter });
  }
  return [...months, ...quarters.values()];
}
