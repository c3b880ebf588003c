import type { lineKinds } from '@ddp/contracts/points/schemas';
import { toSafeInteger } from '@ddp/db-kit/amounts';
import { binaryToId, idToBinary, newId } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { LotChange } from '../domain/lots.ts';
import { changeLots } from './lots.ts';

type Db = Kysely<PointsDatabase>;
export type LineKind = (typeof lineKinds)[number];

export interface NewLine {
  participationId: string;
  kind: LineKind;
  /** Points the line tells of, also where no meter moves. */
  amountPoints: number;
  standingChange?: number;
  /** How the points of the person change, lot by lot; the line's own figure is their sum. */
  lots?: readonly LotChange[];
  awardId?: string;
  holdId?: string;
}

/** A line with what its award says of itself. */
export interface Line {
  id: string;
  kind: LineKind;
  amountPoints: number;
  standingChange: number;
  pointsChange: number;
  madeAt: Date;
  rule: string | null;
  ruleVersion: number | null;
  /** What the programme calls the rule; null where it is one of the product's own. */
  ruleTitle: { zh: string; en: string } | null;
  evidence: string | null;
  awardedByRole: string | null;
  isWaiting: boolean;
  /** What the reversal of its award says, where there is one. */
  reversal: {
    evidence: string | null;
    noticedByRole: string | null;
    decidedByRole: string | null;
    decision: string | null;
  } | null;
}

/** Writes a line of a statement with its lots, in the transaction that moves the meters. */
export async function insertLine(tx: Db, clock: ClockOffset, line: NewLine): Promise<void> {
  await insertLines(tx, clock, [line]);
}

/** The same of several lines, in their order. */
export async function insertLines(
  tx: Db,
  clock: ClockOffset,
  lines: readonly NewLine[],
): Promise<void> {
  if (lines.length === 0) return;
  const named = lines.map((line) => ({ ...line, lineId: newId() }));
  await tx
    .insertInto('points_line')
    .values(
      named.map((line) => ({
        id: idToBinary(line.lineId),
        participation_id: idToBinary(line.participationId),
        kind: line.kind,
        standing_change: line.standingChange ?? 0,
        points_change: sumOf(line.lots ?? []),
        amount: line.amountPoints,
        award_id: line.awardId === undefined ? null : idToBinary(line.awardId),
        hold_id: line.holdId === undefined ? null : idToBinary(line.holdId),
        made_at: sqlNow(clock),
      })),
    )
    .execute();
  const entries = named.flatMap(({ lots = [], participationId, lineId }) =>
    lots.map((change) => ({ ...change, participationId, lineId })),
  );
  await changeLots(tx, entries);
}

const sumOf = (lots: readonly LotChange[]) =>
  lots.reduce((sum, { freeChange, heldChange }) => sum + freeChange + heldChange, 0);

/** Which lines of a participation: those before a line, and before an instant. */
export interface LineRange {
  before: string | null;
  until: Date | null;
}

/** Lines of a participation, newest first, one more than the limit. */
export async function listLines(
  db: Db,
  participationId: string,
  range: LineRange,
  limit: number,
): Promise<Line[]> {
  let query = db
    .selectFrom('points_line as line')
    .leftJoin('points_award as award', 'award.id', 'line.award_id')
    .leftJoin('points_rule as own', (join) =>
      join
        .onRef('own.programme_id', '=', 'award.programme_id')
        .onRef('own.rule', '=', 'award.rule')
        .onRef('own.version', '=', 'award.rule_version'),
    )
    .leftJoin('points_reversal as reversal', 'reversal.award_id', 'line.award_id')
    .select([
      'line.id',
      'line.kind',
      'line.amount',
      'line.standing_change',
      'line.points_change',
      'line.made_at',
      'award.rule',
      'award.rule_version',
      'own.title_zh',
      'own.title_en',
      'award.evidence',
      'award.awarded_by_role',
      'award.matures_at',
      'reversal.reason',
      'reversal.evidence as reversal_evidence',
      'reversal.noticed_by_role',
      'reversal.decided_by_role',
      'reversal.decision',
    ])
    .where('line.participation_id', '=', idToBinary(participationId));
  if (range.before !== null) query = query.where('line.id', '<', idToBinary(range.before));
  if (range.until !== null) query = query.where('line.made_at', '<', range.until);
  const rows = await query
    .orderBy('line.id', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map((row) => ({
    id: binaryToId(row.id),
    kind: row.kind as LineKind,
    amountPoints: row.amount,
    standingChange: row.standing_change,
    pointsChange: row.points_change,
    madeAt: row.made_at,
    rule: row.rule,
    ruleVersion: row.rule_version,
    ruleTitle:
      row.title_zh === null ? null : { zh: row.title_zh, en: row.title_en ?? row.title_zh },
    evidence: row.evidence,
    awardedByRole: row.awarded_by_role,
    isWaiting: row.matures_at !== null,
    reversal: row.reason === null ? null : toReversal(row),
  }));
}

function toReversal(row: {
  reversal_evidence: string | null;
  noticed_by_role: string | null;
  decided_by_role: string | null;
  decision: string | null;
}) {
  return {
    evidence: row.reversal_evidence,
    noticedByRole: row.noticed_by_role,
    decidedByRole: row.decided_by_role,
    decision: row.decision,
  };
}

/** What the lines before a line and an instant add up to. */
export async function sumLines(
  db: Db,
  participationId: string,
  { before, until }: LineRange,
): Promise<{ standing: number; points: number }> {
  let query = db
    .selectFrom('points_line')
    .select((eb) => [
      eb.fn.sum<string | null>('standing_change').as('standing'),
      eb.fn.sum<string | null>('points_change').as('points'),
    ])
    .where('participation_id', '=', idToBinary(participationId));
  if (before !== null) query = query.where('id', '<', idToBinary(before));
  if (until !== null) query = query.where('made_at', '<', until);
  const row = await query.executeTakeFirstOrThrow();
  return {
    standing: toSafeInteger(row.standing ?? 0),
    points: toSafeInteger(row.points ?? 0),
  };
}
