import { newId } from '@ddp/db-kit/ids';
import { everywhere } from '@ddp/db-kit/scope';
import { transact } from '@ddp/db-kit/transact';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { spanOfMonth } from '../domain/settlement-month.ts';
import { decideDue } from '../domain/statement-sums.ts';
import { listCorrections } from '../store/disputes.ts';
import { findMerchant } from '../store/merchants.ts';
import { findProgrammePath } from '../store/programmes.ts';
import * as runs from '../store/settlement-runs.ts';
import * as lines from '../store/statement-lines.ts';
import * as statements from '../store/statements.ts';

type Tx = Transaction<RewardsDatabase>;

/** Lines written by one transaction. */
export const blockSize = 500;

/**
 * Looks at the next merchant of a run, and begins its statement where there is something to settle.
 * False when every merchant was looked at. The run is locked, so that two who go on with it at once
 * take turns, and numbers follow one another.
 */
export function beginNextStatement({ store }: RewardsDeps, runId: string): Promise<boolean> {
  const begin = async (tx: Tx): Promise<boolean> => {
    const run = await runs.lockRun(tx, runId);
    if (run?.state !== 'collecting') return false;
    const merchantId = await runs.findNextMerchant(tx, run.programmeId, run.cursorId);
    if (merchantId === null) {
      await runs.moveRun(tx, runId, { state: 'drawing' });
      return false;
    }
    const isWanted = await hasSomething(tx, merchantId, run.month);
    const count = run.statements + (isWanted ? 1 : 0);
    if (isWanted) {
      const { programmeId, month } = run;
      const number = await numberOf(tx, run, count);
      const id = newId();
      await statements.insertStatement(tx, { id, runId, programmeId, merchantId, month, number });
    }
    await runs.moveRun(tx, runId, { cursorId: merchantId, statements: count });
    return true;
  };
  return transact(store.db, begin, { isRepeatable: true });
}

async function hasSomething(tx: Tx, merchantId: string, month: string): Promise<boolean> {
  return (
    (await lines.hasVerified(tx, merchantId, spanOfMonth(month))) ||
    (await statements.readCarried(tx, merchantId, month)) !== 0 ||
    (await listCorrections(tx, merchantId, 1)).length > 0
  );
}

async function numberOf(
  tx: Tx,
  { programmeId, month }: runs.StoredRun,
  count: number,
): Promise<string> {
  const areaCode = (await findProgrammePath(tx, programmeId))?.split('/').at(-2) ?? '0';
  return `${areaCode}-${month.replace('-', '')}-${String(count).padStart(4, '0')}`;
}

export type Collected = 'more' | 'waiting' | 'summed';

/**
 * Writes the next block of a statement's lines and, with the last one, its sums. `waiting` where
 * points of the month are still to be posted: nothing was written then.
 */
export function collectBlock({ store }: RewardsDeps, statementId: string): Promise<Collected> {
  const collect = async (tx: Tx): Promise<Collected> => {
    const statement = await statements.lockStatement(tx, statementId);
    if (statement?.state !== 'collecting') return 'summed';
    const { merchantId, month, cursor } = statement;
    const span = spanOfMonth(month);
    if (cursor === null) {
      await lines.awaitVerifications(tx, merchantId);
      if (await lines.hasUnposted(tx, merchantId, span)) return 'waiting';
    }
    const page = { after: cursor, limit: blockSize };
    const block = await lines.listSettled(tx, merchantId, span, page);
    await lines.insertLines(tx, statement, block);
    const last = block.at(-1);
    if (last && block.length === blockSize) {
      await statements.moveCursor(tx, statementId, { at: last.verifiedAt, id: last.id });
      return 'more';
    }
    await addCorrections(tx, statement);
    await statements.markSummed(tx, statementId, await addUp(tx, statement));
    return 'summed';
  };
  return transact(store.db, collect, { isRepeatable: true });
}

async function addCorrections(tx: Tx, statement: statements.StoredStatement): Promise<void> {
  for (;;) {
    const block = await listCorrections(tx, statement.merchantId, blockSize);
    await lines.insertLines(tx, statement, block);
    if (block.length < blockSize) return;
  }
}

async function addUp(
  tx: Tx,
  { id, merchantId, month }: statements.StoredStatement,
): Promise<statements.SummedStatement> {
  const all = await lines.sumLines(tx, id);
  const merchant = await findMerchant(tx, merchantId, everywhere);
  const ceilingCents = merchant?.monthlyCeilingCents ?? null;
  const carriedInCents = await statements.readCarried(tx, merchantId, month);
  const payableCents = all.sums.subsidised.cents + all.sums.fund.cents;
  const due = decideDue({ carriedInCents, payableCents, ceilingCents });
  return { ...all, ...due, ceilingCents, carriedInCents };
}
