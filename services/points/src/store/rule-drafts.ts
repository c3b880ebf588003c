import type { RuleDraft, RuleTerms } from '@ddp/contracts/points/rule-schemas';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { PointsDatabase, RuleDraftTable } from '../database.ts';

type Db = Kysely<PointsDatabase>;

export interface StoredDraft extends Omit<RuleDraft, 'isOwn'> {
  /** Null once the person was erased. */
  draftedBy: string | null;
}

export interface NewDraft {
  id: string;
  programmeId: string;
  terms: RuleTerms;
  reason: string;
  draftedBy: { personId: string; role: string };
}

export async function insertDraft(tx: Db, clock: ClockOffset, draft: NewDraft): Promise<void> {
  await tx
    .insertInto('points_rule_draft')
    .values({
      id: idToBinary(draft.id),
      programme_id: idToBinary(draft.programmeId),
      rule: draft.terms.rule,
      terms: JSON.stringify(draft.terms),
      reason: draft.reason,
      state: 'open',
      drafted_by: idToBinary(draft.draftedBy.personId),
      drafted_by_role: draft.draftedBy.role,
      drafted_at: sqlNow(clock),
    })
    .execute();
}

export async function findDraft(
  db: Db,
  programmeId: string,
  id: string,
): Promise<StoredDraft | null> {
  const row = await select(db, programmeId).where('id', '=', idToBinary(id)).executeTakeFirst();
  return row ? toDraft(row) : null;
}

/** Drafts, the newest first, one more than the limit. */
export async function listDrafts(
  db: Db,
  filter: { programmeId: string; state: RuleDraft['state'] | undefined },
  before: string | null,
  limit: number,
): Promise<StoredDraft[]> {
  let query = select(db, filter.programmeId);
  if (filter.state !== undefined) query = query.where('state', '=', filter.state);
  if (before !== null) query = query.where('id', '<', idToBinary(before));
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map(toDraft);
}

export type DraftDecision = { state: 'approved'; version: number } | WithdrawnDraft;
interface WithdrawnDraft {
  state: 'withdrawn';
  reason: string;
}

/** Decides a draft; false when somebody else has decided it. */
export async function decideDraft(
  tx: Db,
  clock: ClockOffset,
  id: string,
  by: { personId: string; role: string },
  decision: DraftDecision,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('points_rule_draft')
    .set({
      state: decision.state,
      version: decision.state === 'approved' ? decision.version : null,
      withdrawal_reason: decision.state === 'withdrawn' ? decision.reason : null,
      decided_by: idToBinary(by.personId),
      decided_by_role: by.role,
      decided_at: sqlNow(clock),
    })
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'open')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

function select(db: Db, programmeId: string) {
  return db
    .selectFrom('points_rule_draft')
    .selectAll()
    .where('programme_id', '=', idToBinary(programmeId));
}

function toDraft(row: RuleDraftTable): StoredDraft {
  return {
    id: binaryToId(row.id),
    state: row.state as RuleDraft['state'],
    terms: JSON.parse(row.terms) as RuleTerms,
    reason: row.reason,
    draftedBy: binaryToIdOrNull(row.drafted_by),
    draftedByRole: row.drafted_by_role,
    draftedAt: row.drafted_at.toISOString(),
    decidedByRole: row.decided_by_role,
    decidedAt: row.decided_at?.toISOString() ?? null,
    withdrawalReason: row.withdrawal_reason,
    version: row.version,
  };
}
