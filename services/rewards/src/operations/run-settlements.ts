import { isDuplicate } from '@ddp/db-kit/errors';
import { newId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import { transact } from '@ddp/db-kit/transact';
import type { Kysely, Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { hasClosed, monthAt, nextMonth } from '../domain/settlement-month.ts';
import { listProgrammes } from '../store/programmes.ts';
import * as runs from '../store/settlement-runs.ts';
import { listUndrawn } from '../store/statements.ts';
import { beginNextStatement } from './collect-statement.ts';
import { drawStatement } from './draw-statement.ts';

const batchSize = 20;
/** Another process goes on with a run after so long, and so does this one with what has to wait. */
const claimSeconds = 60;

/**
 * Settles each month once it has closed, the months of a programme one after another. Every step
 * is a transaction of its own under unique keys: whoever goes on with a run that was killed, or is
 * gone on with elsewhere, makes the same statements, each once.
 */
export async function runSettlements(deps: RewardsDeps): Promise<void> {
  const { store, log } = deps;
  for (const { id } of await listProgrammes(store.db)) await openDueRun(deps, id);
  for (const runId of await runs.listDueRuns(store.db, store.clock, batchSize)) {
    if (!(await runs.claimRun(store.db, store.clock, runId, claimSeconds))) continue;
    await goOn(deps, runId).catch((error: unknown) => {
      log.error({ err: error, runId }, 'a settlement could not go on');
    });
  }
}

/** The month that a programme is to settle next; null while another one is under way or none is. */
export async function findNextMonth(
  db: Kysely<RewardsDatabase>,
  programmeId: string,
): Promise<string | null> {
  const last = await runs.findRunOf(db, programmeId);
  if (last) return last.state === 'done' ? nextMonth(last.month) : null;
  const first = await runs.findFirstVerification(db, programmeId);
  return first && monthAt(first);
}

async function openDueRun({ store }: RewardsDeps, programmeId: string): Promise<void> {
  const month = await findNextMonth(store.db, programmeId);
  if (month === null || !hasClosed(month, await readNow(store.db, store.clock))) return;
  const run = { id: newId(), programmeId, month, startedBy: null };
  await runs.insertRun(store.db, store.clock, run).catch((error: unknown) => {
    if (!isDuplicate(error)) throw error;
  });
}

async function goOn(deps: RewardsDeps, runId: string): Promise<void> {
  const { store, log } = deps;
  while (await beginNextStatement(deps, runId)) {
    // Each merchant of the programme is looked at once, in a transaction of its own.
  }
  for (const statementId of await listUndrawn(store.db, runId)) {
    await drawStatement(deps, statementId).catch((error: unknown) => {
      log.error({ err: error, statementId }, 'a statement could not be drawn');
    });
  }
  await transact(store.db, (tx) => endRun(deps, tx, runId), { isRepeatable: true });
}

async function endRun(
  { store }: RewardsDeps,
  tx: Transaction<RewardsDatabase>,
  runId: string,
): Promise<void> {
  await runs.lockRun(tx, runId);
  if ((await listUndrawn(tx, runId)).length === 0) await runs.markRunDone(tx, store.clock, runId);
}
