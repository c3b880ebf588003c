import { civilDateOf } from '@ddp/calendar/civil-date';
import { newId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import { transact } from '@ddp/db-kit/transact';
import type { Transaction } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { PointsDeps } from '../deps.ts';
import { freeChangeOf, planExpiry } from '../domain/lots.ts';
import {
  applySurely,
  move,
  openProgrammeBooks,
  programmeAccountsOf,
  transferCode,
} from '../store/books.ts';
import { insertLine } from '../store/lines.ts';
import { listExpired, listLots } from '../store/lots.ts';
import { lockParticipation } from '../store/participations.ts';

const batchSize = 200;
const mostBatches = 20;

/** Takes points off the meters whose last day is over by the database's clock; standing stays. */
export async function expireLots(deps: PointsDeps): Promise<void> {
  const { store, log } = deps;
  const today = civilDateOf(await readNow(store.db, store.clock));
  for (let batch = 0; batch < mostBatches; batch += 1) {
    const due = await listExpired(store.db, today, batchSize);
    let failures = 0;
    for (const participationId of due) {
      await expireOf(deps, participationId).catch((error: unknown) => {
        failures += 1;
        log.error({ err: error, participationId }, 'points could not expire');
      });
    }
    if (due.length === 0 || failures > 0) return;
  }
}

async function expireOf({ store, ledger }: PointsDeps, participationId: string): Promise<void> {
  const expire = async (tx: Transaction<PointsDatabase>) => {
    const { accounts, programmeId } = await lockParticipation(tx, participationId);
    const today = civilDateOf(await readNow(tx, store.clock));
    const lots = planExpiry(await listLots(tx, participationId), today);
    const amountPoints = -freeChangeOf(lots);
    if (amountPoints === 0) return;
    await openProgrammeBooks(tx, ledger, programmeId);
    const { pointsExpired } = programmeAccountsOf(programmeId);
    await applySurely(tx, ledger, [
      move(newId(), accounts.points, pointsExpired, amountPoints, transferCode.expiry),
    ]);
    await insertLine(tx, store.clock, { participationId, kind: 'expiry', amountPoints, lots });
  };
  // A repeat finds nothing left that has expired.
  await transact(store.db, expire, { isRepeatable: true });
}
