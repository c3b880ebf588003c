import type { StatementLine } from '@ddp/contracts/rewards/settlements';
import { toSafeInteger } from '@ddp/db-kit/amounts';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { MonthSpan } from '../domain/settlement-month.ts';
import type { Payer, PayerSums, StatementSums } from './statements.ts';

type Db = Kysely<RewardsDatabase>;

/** What a merchant verified in a month and nobody took back: the one place that says which. */
function selectSettled(db: Db, merchantId: string, { from, until }: MonthSpan) {
  return selectScoped(db, 'rewards_verification', everywhere)
    .where('rewards_verification.merchant_id', '=', idToBinary(merchantId))
    .where('rewards_verification.verified_at', '>=', from)
    .where('rewards_verification.verified_at', '<', until)
    .where('rewards_verification.undone_at', 'is', null);
}

export async function hasVerified(db: Db, merchantId: string, span: MonthSpan): Promise<boolean> {
  const row = await selectSettled(db, merchantId, span)
    .select('rewards_verification.id')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether the points of some voucher of a month are not posted yet. */
export async function hasUnposted(db: Db, merchantId: string, span: MonthSpan): Promise<boolean> {
  const row = await selectSettled(db, merchantId, span)
    .innerJoin('rewards_voucher as voucher', 'voucher.id', 'rewards_verification.voucher_id')
    .leftJoin('rewards_effect as posted', (join) =>
      join
        .onRef('posted.redemption_id', '=', 'voucher.redemption_id')
        .on('posted.step', '=', 'posted'),
    )
    .select('rewards_verification.id')
    .where('posted.step', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export interface NewLine {
  id: string;
  verificationId: string;
  kind: StatementLine['kind'];
  voucherId: string;
  redemptionId: string;
  benefitTitle: string;
  shopName: string | null;
  verifiedBy: string;
  verifiedAt: Date;
  points: number;
  cents: number;
  payer: Payer;
  sponsor: string | null;
}

/** Owners are told from clerks, and clerks from one another, without a name. */
function labelOf(role: string, clerkId: string | null): string {
  if (role === 'merchant-owner') return '店主';
  return clerkId === null ? '店员' : `店员 ${clerkId.slice(-4).toUpperCase()}`;
}

/** The next vouchers of a month after a cursor, oldest first, as they were sold. */
export async function listSettled(
  tx: Db,
  merchantId: string,
  span: MonthSpan,
  page: { after: { at: Date; id: string } | null; limit: number },
): Promise<NewLine[]> {
  const { after, limit } = page;
  let query = selectSettled(tx, merchantId, span)
    .innerJoin('rewards_voucher as voucher', 'voucher.id', 'rewards_verification.voucher_id')
    .innerJoin('rewards_redemption as redemption', 'redemption.id', 'voucher.redemption_id')
    .innerJoin('rewards_benefit as benefit', 'benefit.id', 'redemption.benefit_id')
    .innerJoin('rewards_benefit_text as text', (join) =>
      join
        .onRef('text.benefit_id', '=', 'redemption.benefit_id')
        .onRef('text.version', '=', 'redemption.text_version'),
    )
    .leftJoin('rewards_shop as shop', 'shop.id', 'rewards_verification.shop_id')
    .leftJoin('rewards_budget as budget', 'budget.id', 'redemption.budget_id')
    .leftJoin('rewards_clerk as clerk', (join) =>
      join
        .onRef('clerk.merchant_id', '=', 'rewards_verification.merchant_id')
        .onRef('clerk.person_id', '=', 'rewards_verification.operator_id'),
    )
    .select([
      'rewards_verification.id',
      'rewards_verification.voucher_id',
      'rewards_verification.verified_at',
      'rewards_verification.operator_role',
      'voucher.redemption_id',
      'redemption.price_points',
      'redemption.unit_value_cents',
      'benefit.payer',
      'text.title',
      'shop.name as shop_name',
      'budget.sponsor',
      'clerk.id as clerk_id',
    ]);
  if (after !== null) {
    query = query.where(({ or, and, eb }) =>
      or([
        eb('rewards_verification.verified_at', '>', after.at),
        and([
          eb('rewards_verification.verified_at', '=', after.at),
          eb('rewards_verification.id', '>', idToBinary(after.id)),
        ]),
      ]),
    );
  }
  const rows = await query
    .orderBy('rewards_verification.verified_at')
    .orderBy('rewards_verification.id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: binaryToId(row.id),
    verificationId: binaryToId(row.id),
    kind: 'voucher',
    voucherId: binaryToId(row.voucher_id),
    redemptionId: binaryToId(row.redemption_id),
    benefitTitle: row.title,
    shopName: row.shop_name,
    verifiedBy: labelOf(row.operator_role, binaryToIdOrNull(row.clerk_id)),
    verifiedAt: row.verified_at,
    points: toSafeInteger(row.price_points),
    cents: toSafeInteger(row.unit_value_cents),
    payer: row.payer as Payer,
    sponsor: row.sponsor,
  }));
}

/**
 * Waits for verifications of a merchant that are under way. Each of them has its merchant's stock
 * locked from before it takes its time until it commits: once this lock was there after the end of
 * a month, no verification of that month can come to light any more.
 */
export async function awaitVerifications(tx: Db, merchantId: string): Promise<void> {
  await tx
    .selectFrom('rewards_share')
    .select('benefit_id')
    .where('merchant_id', '=', idToBinary(merchantId))
    .orderBy('benefit_id')
    .forUpdate()
    .execute();
}

/** Throws a duplicate where a verification has its line of the kind. */
export async function insertLines(
  tx: Db,
  statement: { id: string; merchantId: string },
  lines: readonly NewLine[],
): Promise<void> {
  if (lines.length === 0) return;
  await tx
    .insertInto('rewards_statement_line')
    .values(
      lines.map((line) => ({
        id: idToBinary(line.id),
        statement_id: idToBinary(statement.id),
        merchant_id: idToBinary(statement.merchantId),
        verification_id: idToBinary(line.verificationId),
        kind: line.kind,
        voucher_id: idToBinary(line.voucherId),
        redemption_id: idToBinary(line.redemptionId),
        benefit_title: line.benefitTitle,
        shop_name: line.shopName,
        verified_by: line.verifiedBy,
        verified_at: line.verifiedAt,
        points: line.points,
        cents: line.cents,
        payer: line.payer,
        sponsor: line.sponsor,
      })),
    )
    .execute();
}

/** Adds up the lines of a statement. */
export async function sumLines(tx: Db, statementId: string): Promise<StatementSums> {
  const rows = await tx
    .selectFrom('rewards_statement_line')
    .select([
      'payer',
      'kind',
      sql<number>`COUNT(*)`.as('lines'),
      sql<number>`COALESCE(SUM(points), 0)`.as('points'),
      sql<number>`COALESCE(SUM(cents), 0)`.as('cents'),
    ])
    .where('statement_id', '=', idToBinary(statementId))
    .groupBy(['payer', 'kind'])
    .execute();
  const nothing = () => ({ points: 0, cents: 0 });
  const sums: PayerSums = { donated: nothing(), subsidised: nothing(), fund: nothing() };
  const all: StatementSums = { vouchers: 0, corrections: 0, correctionCents: 0, sums };
  for (const row of rows) {
    const cents = toSafeInteger(row.cents);
    const sum = sums[row.payer as Payer];
    sum.points += toSafeInteger(row.points);
    sum.cents += cents;
    if (row.kind === 'voucher') all.vouchers += toSafeInteger(row.lines);
    else {
      all.corrections += toSafeInteger(row.lines);
      all.correctionCents += cents;
    }
  }
  return all;
}

function toLine(row: Selectable<RewardsDatabase['rewards_statement_line']>): StatementLine {
  return {
    id: binaryToId(row.id),
    kind: row.kind as StatementLine['kind'],
    voucherId: binaryToId(row.voucher_id),
    benefitTitle: row.benefit_title,
    shopName: row.shop_name,
    verifiedBy: row.verified_by,
    verifiedAt: row.verified_at.toISOString(),
    points: toSafeInteger(row.points),
    cents: toSafeInteger(row.cents),
    payer: row.payer as Payer,
    sponsor: row.sponsor,
  };
}

/** Lines of a statement from the first on, one more than the limit. */
export async function listLines(
  db: Db,
  statementId: string,
  page: { after: string | null; limit: number },
): Promise<StatementLine[]> {
  let query = db
    .selectFrom('rewards_statement_line')
    .selectAll()
    .where('statement_id', '=', idToBinary(statementId));
  if (page.after !== null) query = query.where('id', '>', idToBinary(page.after));
  const rows = await query
    .orderBy('id')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toLine);
}

/** A line of a merchant with the statement it is on; null for another's as for none. */
export async function findLine(
  db: Db,
  id: string,
  merchantId: string,
): Promise<(StatementLine & { statementId: string }) | null> {
  const row = await db
    .selectFrom('rewards_statement_line')
    .selectAll()
    .where('id', '=', idToBinary(id))
    .where('merchant_id', '=', idToBinary(merchantId))
    .executeTakeFirst();
  return row ? { ...toLine(row), statementId: binaryToId(row.statement_id) } : null;
}
