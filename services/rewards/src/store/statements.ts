import type { NewBenefit } from '@ddp/contracts/rewards/benefits';
import type { StatementState } from '@ddp/contracts/rewards/settlements';
import { toSafeInteger } from '@ddp/db-kit/amounts';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { RewardsDatabase } from '../database.ts';

type Db = Kysely<RewardsDatabase>;
export type Payer = NewBenefit['payer'];
export type PayerSums = Record<Payer, { points: number; cents: number }>;

export interface StatementSums {
  vouchers: number;
  corrections: number;
  correctionCents: number;
  sums: PayerSums;
}

export interface StoredStatement extends StatementSums {
  id: string;
  runId: string;
  programmeId: string;
  merchantId: string;
  month: string;
  number: string;
  state: StatementState | 'collecting' | 'summed';
  cursor: { at: Date; id: string } | null;
  ceilingCents: number | null;
  carriedInCents: number;
  dueCents: number;
  carriedOutCents: number;
  headSeq: number | null;
  headHash: string | null;
  drawnAt: Date | null;
  disputeUntil: Date | null;
  confirmedAt: Date | null;
  paidAt: Date | null;
  paymentReference: string | null;
}

function toStatement(row: Selectable<RewardsDatabase['rewards_statement']>): StoredStatement {
  const sumOf = (points: number, cents: number) => ({
    points: toSafeInteger(points),
    cents: toSafeInteger(cents),
  });
  const cursorId = binaryToIdOrNull(row.cursor_id);
  return {
    id: binaryToId(row.id),
    runId: binaryToId(row.run_id),
    programmeId: binaryToId(row.programme_id),
    merchantId: binaryToId(row.merchant_id),
    month: row.month,
    number: row.statement_number,
    state: row.state as StoredStatement['state'],
    cursor: row.cursor_at && cursorId !== null ? { at: row.cursor_at, id: cursorId } : null,
    vouchers: row.vouchers,
    corrections: row.corrections,
    correctionCents: toSafeInteger(row.correction_cents),
    sums: {
      donated: sumOf(row.donated_points, row.donated_cents),
      subsidised: sumOf(row.subsidised_points, row.subsidised_cents),
      fund: sumOf(row.fund_points, row.fund_cents),
    },
    ceilingCents: row.ceiling_cents === null ? null : toSafeInteger(row.ceiling_cents),
    carriedInCents: toSafeInteger(row.carried_in_cents),
    dueCents: toSafeInteger(row.due_cents),
    carriedOutCents: toSafeInteger(row.carried_out_cents),
    headSeq: row.head_seq === null ? null : toSafeInteger(row.head_seq),
    headHash: row.head_hash,
    drawnAt: row.drawn_at,
    disputeUntil: row.dispute_until,
    confirmedAt: row.confirmed_at,
    paidAt: row.paid_at,
    paymentReference: row.payment_reference,
  };
}

export type NewStatement = Pick<
  StoredStatement,
  'id' | 'runId' | 'programmeId' | 'merchantId' | 'month' | 'number'
>;

/** Of a statement before its lines are added up. */
const nothingYet = {
  ...{ cursor_at: null, cursor_id: null, vouchers: 0, corrections: 0, correction_cents: 0 },
  ...{ donated_points: 0, donated_cents: 0, subsidised_points: 0, subsidised_cents: 0 },
  ...{ fund_points: 0, fund_cents: 0, ceiling_cents: null, carried_in_cents: 0, due_cents: 0 },
  ...{ carried_out_cents: 0, head_seq: null, head_hash: null, drawn_at: null, paid_at: null },
  ...{ dispute_until: null, confirmed_at: null, paid_by: null, payment_reference: null },
  post_at: null,
};

/** Throws a duplicate where the merchant has one for the month. */
export async function insertStatement(tx: Db, statement: NewStatement): Promise<void> {
  await tx
    .insertInto('rewards_statement')
    .values({
      id: idToBinary(statement.id),
      run_id: idToBinary(statement.runId),
      programme_id: idToBinary(statement.programmeId),
      merchant_id: idToBinary(statement.merchantId),
      month: statement.month,
      statement_number: statement.number,
      state: 'collecting',
      ...nothingYet,
    })
    .execute();
}

/** Every change of a statement, its lines and its disputes begins with this lock. */
export async function lockStatement(tx: Db, id: string): Promise<StoredStatement | null> {
  const row = await tx
    .selectFrom('rewards_statement')
    .selectAll()
    .where('id', '=', idToBinary(id))
    .forUpdate()
    .executeTakeFirst();
  return row ? toStatement(row) : null;
}

/** Statements of a run that are not drawn, in the order of their numbers. */
export async function listUndrawn(db: Db, runId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('rewards_statement')
    .select('id')
    .where('run_id', '=', idToBinary(runId))
    .where('state', 'in', ['collecting', 'summed'])
    .orderBy('statement_number')
    .execute();
  return rows.map((row) => binaryToId(row.id));
}

/** What the last statement of a merchant before a month carried on. */
export async function readCarried(tx: Db, merchantId: string, month: string): Promise<number> {
  const row = await tx
    .selectFrom('rewards_statement')
    .select('carried_out_cents')
    .where('merchant_id', '=', idToBinary(merchantId))
    .where('month', '<', month)
    .orderBy('month', 'desc')
    .limit(1)
    .executeTakeFirst();
  return toSafeInteger(row?.carried_out_cents ?? 0);
}

export async function moveCursor(
  tx: Db,
  id: string,
  cursor: { at: Date; id: string },
): Promise<void> {
  await tx
    .updateTable('rewards_statement')
    .set({ cursor_at: cursor.at, cursor_id: idToBinary(cursor.id) })
    .where('id', '=', idToBinary(id))
    .execute();
}

export interface SummedStatement extends StatementSums {
  ceilingCents: number | null;
  carriedInCents: number;
  dueCents: number;
  carriedOutCents: number;
}

/** Writes the sums of a statement that has all of its lines; they never change again. */
export async function markSummed(tx: Db, id: string, summed: SummedStatement): Promise<void> {
  const { donated, subsidised, fund } = summed.sums;
  await tx
    .updateTable('rewards_statement')
    .set({
      state: 'summed',
      vouchers: summed.vouchers,
      corrections: summed.corrections,
      correction_cents: summed.correctionCents,
      donated_points: donated.points,
      donated_cents: donated.cents,
      subsidised_points: subsidised.points,
      subsidised_cents: subsidised.cents,
      fund_points: fund.points,
      fund_cents: fund.cents,
      ceiling_cents: summed.ceilingCents,
      carried_in_cents: summed.carriedInCents,
      due_cents: summed.dueCents,
      carried_out_cents: summed.carriedOutCents,
    })
    .where('id', '=', idToBinary(id))
    .execute();
}

/** Draws a statement once; false when it was drawn before. */
export async function markDrawn(
  tx: Db,
  clock: ClockOffset,
  id: string,
  drawn: { headSeq: number; headHash: string; disputeUntil: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('rewards_statement')
    .set({
      state: 'drawn',
      head_seq: drawn.headSeq,
      head_hash: drawn.headHash,
      drawn_at: sqlNow(clock),
      dispute_until: drawn.disputeUntil,
    })
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'summed')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export interface StatementView extends StoredStatement {
  merchantName: string;
}

/** A merchant's own, or those of merchants in an area. */
export type StatementReach = { merchantId: string } | { scope: AreaScope };

function selectViews(db: Db, reach: StatementReach) {
  const query = selectScoped(db, 'rewards_merchant', 'scope' in reach ? reach.scope : everywhere)
    .innerJoin('rewards_statement as one', 'one.merchant_id', 'rewards_merchant.id')
    .selectAll('one')
    .select('rewards_merchant.name as merchant_name')
    .where('one.state', 'not in', ['collecting', 'summed']);
  return 'merchantId' in reach
    ? query.where('one.merchant_id', '=', idToBinary(reach.merchantId))
    : query;
}

/** A statement that is drawn; null for what is out of reach as for what is not there. */
export async function findStatement(
  db: Db,
  id: string,
  reach: StatementReach,
): Promise<StatementView | null> {
  const row = await selectViews(db, reach).where('one.id', '=', idToBinary(id)).executeTakeFirst();
  return row ? { ...toStatement(row), merchantName: row.merchant_name } : null;
}

export interface StatementFilter {
  month?: string | undefined;
  state?: StatementState | undefined;
  merchantId?: string | undefined;
}

/** Statements that are drawn, newest first, one more than the limit. */
export async function listStatements(
  db: Db,
  reach: StatementReach,
  filter: StatementFilter,
  page: { after: string | null; limit: number },
): Promise<StatementView[]> {
  let query = selectViews(db, reach);
  const { month, state, merchantId } = filter;
  if (month !== undefined) query = query.where('one.month', '=', month);
  if (state !== undefined) query = query.where('one.state', '=', state);
  if (merchantId !== undefined) query = query.where('one.merchant_id', '=', idToBinary(merchantId));
  if (page.after !== null) query = query.where('one.id', '<', idToBinary(page.after));
  const rows = await query
    .orderBy('one.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map((row) => ({ ...toStatement(row), merchantName: row.merchant_name }));
}

export interface StatementMove {
  to: StatementState;
  isConfirmed?: boolean;
  payment?: { by: string; reference: string; isToBePosted: boolean };
}

/** Moves a statement that is locked. */
export async function moveStatement(
  tx: Db,
  clock: ClockOffset,
  id: string,
  { to, isConfirmed, payment }: StatementMove,
): Promise<void> {
  const now = sqlNow(clock);
  await tx
    .updateTable('rewards_statement')
    .set({
      state: to,
      ...(isConfirmed ? { confirmed_at: now } : {}),
      ...(payment
        ? {
            paid_at: now,
            paid_by: idToBinary(payment.by),
            payment_reference: payment.reference,
            post_at: payment.isToBePosted ? now : null,
          }
        : {}),
    })
    .where('id', '=', idToBinary(id))
    .execute();
}

/** Closes statements whose time for disputes is over and that nobody confirmed or disputes. */
export async function closeSilent(db: Db, clock: ClockOffset): Promise<void> {
  await db
    .updateTable('rewards_statement')
    .set({ state: 'closed' })
    .where('state', '=', 'drawn')
    .where('dispute_until', '<=', sqlNow(clock))
    .execute();
}

/** Paid statements whose payment the ledger has still to hear of. */
export async function listUnposted(
  db: Db,
  clock: ClockOffset,
  limit: number,
): Promise<StoredStatement[]> {
  const rows = await db
    .selectFrom('rewards_statement')
    .selectAll()
    .where('post_at', '<=', sqlNow(clock))
    .orderBy('post_at')
    .limit(limit)
    .execute();
  return rows.map(toStatement);
}

export async function markPosted(db: Db, id: string): Promise<void> {
  await db
    .updateTable('rewards_statement')
    .set({ post_at: null })
    .where('id', '=', idToBinary(id))
    .execute();
}

/** Whether the time for disputes of a locked statement is over, by the database. */
export async function isDisputable(tx: Db, clock: ClockOffset, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom('rewards_statement')
    .select(sql<number>`dispute_until > ${sqlNow(clock)}`.as('is_open'))
    .where('id', '=', idToBinary(id))
    .executeTakeFirst();
  return Number(row?.is_open ?? 0) === 1;
}
