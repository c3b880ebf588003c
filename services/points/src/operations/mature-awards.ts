import { deriveId } from '@ddp/db-kit/ids';
import { transact } from '@ddp/db-kit/transact';
import type { Transaction } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { PointsDeps } from '../deps.ts';
import { lotOf, planIssue } from '../domain/lots.ts';
import { activate, type DueAward, listDueAwards } from '../store/award-course.ts';
import { applySurely, move, transferCode } from '../store/books.ts';
import { insertLine } from '../store/lines.ts';
import { lockParticipation } from '../store/participations.ts';
import { readSettings } from '../store/settings.ts';

const batchSize = 200;
const mostBatches = 20;

/**
 * Lets the points of awards be spent whose waiting time is over by the database's clock, each by
 * itself, so that one that cannot does not hold up the others.
 */
export async function matureAwards(deps: PointsDeps): Promise<void> {
  const { store, log } = deps;
  for (let batch = 0; batch < mostBatches; batch += 1) {
    const due = await listDueAwards(store.db, store.clock, batchSize);
    let failures = 0;
    for (const award of due) {
      await matureAward(deps, award).catch((error: unknown) => {
        failures += 1;
        log.error({ err: error, awardId: award.id }, 'an award could not mature');
      });
    }
    if (due.length < batchSize || failures > 0) return;
  }
}

async function matureAward({ store, ledger }: PointsDeps, award: DueAward): Promise<void> {
  const { id, participationId, amountPoints, awardedOn } = award;
  const mature = async (tx: Transaction<PointsDatabase>) => {
    const { accounts, programmeId } = await lockParticipation(tx, participationId);
    if (!(await activate(tx, id))) return;
    const transferId = deriveId('points-maturity', id);
    const { maturing, points } = accounts;
    await applySurely(tx, ledger, [
      move(transferId, maturing, points, amountPoints, transferCode.maturity),
    ]);
    const { lotLifeYears } = await readSettings(tx, programmeId, awardedOn);
    await insertLine(tx, store.clock, {
      participationId,
      kind: 'maturity',
      amountPoints,
      lots: planIssue(lotOf(awardedOn, lotLifeYears), amountPoints),
      awardId: id,
    });
  };
  await transact(store.db, mature, { isRepeatable: true });
}
