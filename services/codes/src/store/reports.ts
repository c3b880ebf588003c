import { idToBinary, newId } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { CodesDatabase } from '../database.ts';

export async function insertReport(
  tx: Kysely<CodesDatabase>,
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
    })
    .execute();
}
