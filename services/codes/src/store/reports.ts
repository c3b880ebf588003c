import type { Suspicion } from '@ddp/contracts/codes/reports';
import { binaryToId, binaryToIdOrNull, idToBinary, newId } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { CodesDatabase } from '../database.ts';

type Db = Kysely<CodesDatabase>;

/** Reports of codes in a scope, or of codes that are none of ours. */
export type ReportScope = readonly string[] | 'unknown';

export async function insertReport(
  tx: Db,
  clock: ClockOffset,
  report: { codeId: string | null; areaPath: string | null; reason: string; words: string },
): Promise<void> {
  await tx
    .insertInto('codes_report')
    .values({
      id: idToBinary(newId()),
      code_id: report.codeId === null ? null : idToBinary(report.codeId),
      area_path: report.areaPath,
      reason: report.reason,
      words: report.words,
      reported_at: sqlNow(clock),
      state: 'open',
    })
    .execute();
}

function selectReports(db: Db, scope: ReportScope) {
  const query =
    scope === 'unknown'
      ? selectScoped(db, 'codes_report', everywhere).where('codes_report.area_path', 'is', null)
      : selectScoped(db, 'codes_report', scope as AreaScope);
  return query
    .leftJoin('codes_code as code', 'code.id', 'codes_report.code_id')
    .leftJoin('codes_subject_card as card', 'card.subject_id', 'code.subject_id')
    .selectAll('codes_report')
    .select(['card.name', 'code.place']);
}

function toSuspicion(
  row: Awaited<ReturnType<ReturnType<typeof selectReports>['execute']>>[number],
): Suspicion {
  return {
    id: binaryToId(row.id),
    codeId: binaryToIdOrNull(row.code_id),
    subjectName: row.name,
    place: row.place,
    areaPath: row.area_path,
    reason: row.reason as Suspicion['reason'],
    words: row.words,
    reportedAt: row.reported_at.toISOString(),
    state: row.state as Suspicion['state'],
    outcome: row.outcome as Suspicion['outcome'],
    findings: row.findings,
    checkedAt: row.checked_at?.toISOString() ?? null,
  };
}

export async function findReport(
  db: Db,
  id: string,
  scope: ReportScope,
): Promise<Suspicion | null> {
  const row = await selectReports(db, scope)
    .where('codes_report.id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toSuspicion(row) : null;
}

/** Reports of a scope, newest first, one more than the limit. */
export async function listReports(
  db: Db,
  scope: ReportScope,
  filter: { state?: string | undefined; reason?: string | undefined },
  page: { after: string | null; limit: number },
): Promise<Suspicion[]> {
  let query = selectReports(db, scope);
  if (filter.state !== undefined) query = query.where('codes_report.state', '=', filter.state);
  if (filter.reason !== undefined) query = query.where('codes_report.reason', '=', filter.reason);
  if (page.after !== null) query = query.where('codes_report.id', '<', idToBinary(page.after));
  const rows = await query
    .orderBy('codes_report.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toSuspicion);
}

/** Ends an open report; false if it was checked before. */
export async function markChecked(
  tx: Db,
  clock: ClockOffset,
  check: { id: string; outcome: string; findings: string; personId: string },
): Promise<boolean> {
  const result = await tx
    .updateTable('codes_report')
    .set({
      state: 'checked',
      outcome: check.outcome,
      findings: check.findings,
      checked_at: sqlNow(clock),
      checked_by: idToBinary(check.personId),
    })
    .where('id', '=', idToBinary(check.id))
    .where('state', '=', 'open')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** The code that a report is about, in force or not. */
export async function findReportedCode(
  db: Db,
  by: { token: string } | { shortCode: string },
): Promise<{ codeId: string; areaPath: string } | null> {
  const query = selectScoped(db, 'codes_code', everywhere).select(['id', 'area_path']);
  const row = await ('token' in by
    ? query.where('token', '=', by.token)
    : query.where('short_code', '=', by.shortCode)
  ).executeTakeFirst();
  return row ? { codeId: binaryToId(row.id), areaPath: row.area_path } : null;
}
