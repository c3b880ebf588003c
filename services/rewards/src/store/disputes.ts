import type { Dispute, DisputeState } from '@ddp/contracts/rewards/settlements';
import { toSafeInteger } from '@ddp/db-kit/amounts';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, sql } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { NewLine } from './statement-lines.ts';
import type { Payer, StatementReach } from './statements.ts';

type Db = Kysely<RewardsDatabase>;

export interface NewDispute {
  id: string;
  lineId: string;
  statementId: string;
  merchantId: string;
  reason: Dispute['reason'];
  words: string;
  raisedBy: string;
  dueAt: Date;
}

/** Throws a duplicate where the line was disputed before. */
export async function insertDispute(
  tx: Db,
  clock: ClockOffset,
  dispute: NewDispute,
): Promise<void> {
  await tx
    .insertInto('rewards_dispute')
    .values({
      id: idToBinary(dispute.id),
      line_id: idToBinary(dispute.lineId),
      statement_id: idToBinary(dispute.statementId),
      merchant_id: idToBinary(dispute.merchantId),
      reason: dispute.reason,
      words: dispute.words,
      state: 'raised',
      raised_by: idToBinary(dispute.raisedBy),
      raised_at: sqlNow(clock),
      due_at: dispute.dueAt,
      answer: null,
      answered_by: null,
      answered_at: null,
      decision: null,
      decided_by: null,
      decided_at: null,
      correction_cents: null,
    })
    .execute();
}

/** A dispute as it is shown, with who answered first. */
export interface StoredDispute extends Dispute {
  answeredBy: string | null;
}

function selectDisputes(db: Db, clock: ClockOffset, reach: StatementReach) {
  const query = selectScoped(db, 'rewards_merchant', 'scope' in reach ? reach.scope : everywhere)
    .innerJoin('rewards_dispute as one', 'one.merchant_id', 'rewards_merchant.id')
    .innerJoin('rewards_statement_line as line', 'line.id', 'one.line_id')
    .innerJoin('rewards_statement as statement', 'statement.id', 'one.statement_id')
    .selectAll('one')
    .select([
      'rewards_merchant.name as merchant_name',
      'line.benefit_title',
      'line.cents',
      'statement.statement_number',
      sql<number>`COALESCE(one.due_at <= ${sqlNow(clock)}, 0)`.as('is_overdue'),
    ]);
  return 'merchantId' in reach
    ? query.where('one.merchant_id', '=', idToBinary(reach.merchantId))
    : query;
}

type Row = Awaited<ReturnType<ReturnType<typeof selectDisputes>['execute']>>[number];

function toDispute(row: Row): StoredDispute {
  return {
    id: binaryToId(row.id),
    statementId: binaryToId(row.statement_id),
    statementNumber: row.statement_number,
    lineId: binaryToId(row.line_id),
    merchantId: binaryToId(row.merchant_id),
    merchantName: row.merchant_name,
    benefitTitle: row.benefit_title,
    cents: toSafeInteger(row.cents),
    reason: row.reason as Dispute['reason'],
    words: row.words,
    state: row.state as DisputeState,
    raisedAt: row.raised_at.toISOString(),
    dueAt: row.due_at?.toISOString() ?? null,
    isOverdue: Number(row.is_overdue) === 1,
    answer: row.answer,
    answeredAt: row.answered_at?.toISOString() ?? null,
    decision: row.decision,
    decidedAt: row.decided_at?.toISOString() ?? null,
    correctionCents: row.correction_cents === null ? null : toSafeInteger(row.correction_cents),
    answeredBy: binaryToIdOrNull(row.answered_by),
  };
}

/** A dispute; null for what is out of reach as for what is not there. */
export async function findDispute(
  db: Db,
  clock: ClockOffset,
  id: string,
  reach: StatementReach,
): Promise<StoredDispute | null> {
  const row = await selectDisputes(db, clock, reach)
    .where('one.id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toDispute(row) : null;
}

/** Disputes, newest first, one more than the limit. */
export async function listDisputes(
  db: Db,
  clock: ClockOffset,
  reach: StatementReach,
  filter: { state?: DisputeState | undefined; statementId?: string | undefined },
  page: { after: string | null; limit: number },
): Promise<StoredDispute[]> {
  let query = selectDisputes(db, clock, reach);
  const { state, statementId } = filter;
  if (state !== undefined) query = query.where('one.state', '=', state);
  if (statementId !== undefined) {
    query = query.where('one.statement_id', '=', idToBinary(statementId));
  }
  if (page.after !== null) query = query.where('one.id', '<', idToBinary(page.after));
  const rows = await query
    .orderBy('one.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toDispute);
}

export interface DisputeMove {
  to: DisputeState;
  part: 'answer' | 'decision';
  words: string;
  by: string;
  /** Until when the next officer has to act. */
  dueAt: Date | null;
  correctionCents: number | null;
}

/** Moves a dispute whose statement is locked. */
export async function moveDispute(
  tx: Db,
  clock: ClockOffset,
  id: string,
  { to, part, words, by, dueAt, correctionCents }: DisputeMove,
): Promise<void> {
  const who = idToBinary(by);
  const now = sqlNow(clock);
  const said =
    part === 'answer'
      ? { answer: words, answered_by: who, answered_at: now }
      : { decision: words, decided_by: who, decided_at: now };
  await tx
    .updateTable('rewards_dispute')
    .set({ state: to, due_at: dueAt, correction_cents: correctionCents, ...said })
    .where('id', '=', idToBinary(id))
    .execute();
}

export async function hasOpenDispute(tx: Db, statementId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('rewards_dispute')
    .select('id')
    .where('statement_id', '=', idToBinary(statementId))
    .where('state', 'in', ['raised', 'referred'])
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Lines for what disputes of a merchant changed and no statement has yet, oldest first. */
export async function listCorrections(
  tx: Db,
  merchantId: string,
  limit: number,
): Promise<NewLine[]> {
  const rows = await tx
    .selectFrom('rewards_dispute as one')
    .innerJoin('rewards_statement_line as line', 'line.id', 'one.line_id')
    .leftJoin('rewards_statement_line as made', (join) =>
      join
        .onRef('made.verification_id', '=', 'line.verification_id')
        .on('made.kind', '=', 'correction'),
    )
    .selectAll('line')
    .select(['one.id as dispute_id', 'one.correction_cents'])
    .where('one.merchant_id', '=', idToBinary(merchantId))
    .where('one.state', '=', 'upheld')
    .where('made.id', 'is', null)
    .orderBy('one.id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: binaryToId(row.dispute_id),
    verificationId: binaryToId(row.verification_id),
    kind: 'correction',
    voucherId: binaryToId(row.voucher_id),
    redemptionId: binaryToId(row.redemption_id),
    benefitTitle: row.benefit_title,
    shopName: row.shop_name,
    verifiedBy: row.verified_by,
    verifiedAt: row.verified_at,
    points: 0,
    cents: toSafeInteger(row.correction_cents),
    payer: row.payer as Payer,
    sponsor: row.sponsor,
  }));
}
