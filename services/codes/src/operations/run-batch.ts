import type { batchRequested } from '@ddp/contracts/codes/events';
import type { PayloadOf } from '@ddp/contracts/event';
import { isDuplicate } from '@ddp/db-kit/errors';
import { newId } from '@ddp/db-kit/ids';
import { transact } from '@ddp/db-kit/transact';
import { newShortCode } from '@ddp/qr/short-code';
import { newToken } from '@ddp/qr/token';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import { withSmallHeap } from '@ddp/service-kit/small-heap';
import type { Transaction } from 'kysely';
import type { CodesDatabase } from '../database.ts';
import type { CodesDeps } from '../deps.ts';
import { activeSlot } from '../domain/code-state.ts';
import {
  lockOpenBatch,
  lockOpenRows,
  markBatchDone,
  noteIssued,
  noteLeftOut,
  type OpenRow,
} from '../store/batches.ts';
import { findBySlots, insertCodes } from '../store/many-codes.ts';

/** Well below the bound of a block, for each row has four indexes. */
const rowsPerTransaction = 1_000;
const duplicateTries = 5;

/**
 * Issues the codes of a batch, block after block, each a transaction of its own: whoever comes
 * after a crash goes on with the rows that are left. A code that somebody issued meanwhile is the code
 * of its row; a subject that was closed or left the area meanwhile gets none.
 */
export async function runBatch(
  deps: CodesDeps,
  delivery: Delivery<PayloadOf<typeof batchRequested>>,
): Promise<void> {
  const { batchId } = delivery.payload;
  await withSmallHeap(async () => {
    while (await issueBlock(deps, batchId)) await new Promise((resolve) => setImmediate(resolve));
  });
  await handleOnce(deps.store, delivery, (tx) => markBatchDone(tx, batchId));
}

/** Issues the next block; false where nothing is left. */
async function issueBlock(deps: CodesDeps, batchId: string): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    try {
      // The lock and the rows without a code decide a repeat.
      return await transact(deps.store.db, (tx) => issueRows(deps, tx, batchId), {
        isRepeatable: true,
      });
    } catch (error) {
      if (!isDuplicate(error) || tries === duplicateTries) throw error;
    }
  }
}

async function issueRows(
  deps: CodesDeps,
  tx: Transaction<CodesDatabase>,
  batchId: string,
): Promise<boolean> {
  const batch = await lockOpenBatch(tx, batchId);
  if (!batch) return false;
  const rows = await lockOpenRows(tx, batchId, rowsPerTransaction);
  if (rows.length === 0) return false;
  const isMeant = ({ isActive, areaPath }: OpenRow) =>
    isActive && areaPath.startsWith(batch.areaPath);
  await noteIssued(tx, batchId, await issueTo(deps, tx, rows.filter(isMeant)));
  await noteLeftOut(
    tx,
    batchId,
    rows.filter((row) => !isMeant(row)),
  );
  return true;
}

/** The rows with their codes: new ones, or those that somebody issued meanwhile. */
async function issueTo(
  { store }: CodesDeps,
  tx: Transaction<CodesDatabase>,
  rows: readonly OpenRow[],
) {
  const slots = rows.map(({ subjectId, place }) => activeSlot(subjectId, place));
  const taken = await findBySlots(tx, slots);
  const issued = rows.map((row, index) => {
    const slot = slots[index] ?? Buffer.alloc(0);
    const known = taken.get(slot.toString('hex'));
    return { ...row, slot, codeId: known ?? newId(), isNew: known === undefined };
  });
  const fresh = issued.filter(({ isNew }) => isNew);
  await insertCodes(
    tx,
    store.clock,
    fresh.map((row) => ({
      id: row.codeId,
      subjectId: row.subjectId,
      place: row.place,
      token: newToken(),
      shortCode: newShortCode(),
      activeSlot: row.slot,
      areaPath: row.areaPath,
    })),
  );
  return issued;
}
