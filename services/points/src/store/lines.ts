import type { lineKinds } from '@ddp/contracts/points/schemas';
import { binaryToId, idToBinary, newId } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { PointsDatabase } from '../database.ts';

type Db = Kysely<PointsDatabase>;
export type LineKind = (typeof lineKinds)[number];

export interface NewLine {
  participationId: string;
  kind: LineKind;
  /** Points the line tells of, also where no meter moves. */
  amountPoints: number;
  standingChange?: number;
  pointsChange?: number;
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
  evidence: string | null;
  awardedByRole: string | null;
  isWaiting: boolean;
}

/** Writes a line of a statement, in the transaction that moves the meters. */
export async function insertLine(tx: Db, clock: ClockOffset, line: NewLine): Promise<void> {
  await tx
    .insertInto('points_line')
    .values({
      id: idToBinary(newId()),
      participation_id: idToBinary(line.participationId),
      kind: line.kind,
      standing_change: line.standingChange ?? 0,
      points_change: line.pointsChange ?? 0,
      amount: line.amountPoints,
      award_id: line.awardId === undefined ? null : idToBinary(line.awardId),
      hold_id: line.holdId === undefined ? null : idToBinary(line.holdId),
      made_at: sqlNow(clock),
    })
    .execute();
}

/** Lines of a participation, newest first, one more than the limit. */
export async function listLines(
  db: Db,
  participationId: string,
  before: string | null,
  limit: number,
): Promise<Line[]> {
  let query = db
    .selectFrom('points_line as line')
    .leftJoin('points_award as award', 'award.id', 'line.award_id')
    .select([
      'line.id',
      'line.kind',
      'line.amount',
      'line.standing_change',
      'line.points_change',
      'line.made_at',
      'award.rule',
      'award.rule_version',
      'award.evidence',
      'award.awarded_by_role',
      'award.matures_at',
    ])
    .where('line.participation_id', '=', idToBinary(participationId));
  if (before !== null) query = query.where('line.id', '<', idToBinary(before));
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
    evidence: row.evidence,
    awardedByRole: row.awarded_by_role,
    isWaiting: row.matures_at !== null,
  }));
}
