import { newId } from '@ddp/db-kit/ids';
import { transact } from '@ddp/db-kit/transact';
import type { Transaction } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { PointsDeps } from '../deps.ts';
import { lockParticipation } from '../store/participations.ts';
import { type DueReversal, findReversal, listDueReversals } from '../store/reversals.ts';
import { endReversalOf } from './end-reversal.ts';

const batchSize = 100;

/** Takes back awards against whose reversal nobody appealed in time, by the database's clock. */
export async function reverseDue(deps: PointsDeps): Promise<void> {
  const { store, log } = deps;
  for (const due of await listDueReversals(store.db, store.clock, batchSize)) {
    await reverse(deps, due).catch((error: unknown) => {
      log.error({ err: error, reversalId: due.id }, 'an award could not be taken back');
    });
  }
}

async function reverse(deps: PointsDeps, { id, programmeId }: DueReversal): Promise<void> {
  const { store } = deps;
  const run = async (tx: Transaction<PointsDatabase>) => {
    const reversal = await findReversal(tx, programmeId, id);
    if (!reversal) return;
    const participation = await lockParticipation(tx, reversal.participationId);
    // An appeal that came at the last moment has moved it on, and then nothing is taken.
    const end = { from: ['noticed'], state: 'reversed', decision: null } as const;
    await endReversalOf(deps, tx, participation, reversal, { ...end, requestId: newId() });
  };
  await transact(store.db, run, { isRepeatable: true });
  store.onCommit();
}
