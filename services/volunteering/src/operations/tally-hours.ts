import type { ServiceStore } from '@ddp/db-kit/command';
import { transact } from '@ddp/db-kit/transact';
import type { VolunteeringDatabase } from '../database.ts';
import { decideFigures, decideMembers } from '../domain/statistics.ts';
import {
  changeFigures,
  changeMembers,
  endTally,
  listUntallied,
  lockUntallied,
  takeTurns,
} from '../store/statistics.ts';

const batchSize = 200;

/**
 * Counts due hours in the statistics of their areas, in the transaction that says that they have them:
 * whatever ends it, each is counted once. Apart from what verifies hours, so that nobody who confirms
 * waits for the row of a whole city.
 */
export async function tallyHours({
  store,
}: {
  store: Pick<ServiceStore<VolunteeringDatabase>, 'db' | 'clock'>;
}): Promise<void> {
  for (;;) {
    const due = await listUntallied(store.db, store.clock, batchSize);
    if (due.length === 0) return;
    await transact(
      store.db,
      async (tx) => {
        const records = await lockUntallied(tx, due);
        if (records.length === 0) return;
        await takeTurns(
          tx,
          records.map(({ programmeId }) => programmeId),
        );
        const members = await changeMembers(tx, decideMembers(records));
        await changeFigures(tx, decideFigures(records, members));
        await endTally(
          tx,
          records.map(({ hoursId }) => hoursId),
        );
      },
      { isRepeatable: true },
    );
    if (due.length < batchSize) return;
  }
}
