import type { OrganizationStage } from '@ddp/contracts/directory/schemas';
import type { stageSchema } from '@ddp/contracts/directory/subjects';
import { idToBinary } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type * as z from 'zod';
import type { DirectoryDatabase } from '../database.ts';

type Db = Kysely<DirectoryDatabase>;
type Stage = z.output<typeof stageSchema>;

/** More steps than an organization takes. */
const mostSteps = 200;

/** The stages of an organization, newest first. */
export async function listStages(db: Db, subjectId: string): Promise<Stage[]> {
  const rows = await db
    .selectFrom('directory_stage')
    .select(['stage', 'on_date', 'evidence', 'recorded_at'])
    .where('subject_id', '=', idToBinary(subjectId))
    .orderBy('step', 'desc')
    .limit(mostSteps)
    .execute();
  return rows.map((row) => ({
    stage: row.stage as OrganizationStage,
    onDate: row.on_date,
    evidence: row.evidence,
    recordedAt: row.recorded_at.toISOString(),
  }));
}

/** Adds the next step of an organization whose row is locked. */
export async function insertStage(
  tx: Db,
  clock: ClockOffset,
  subjectId: string,
  { stage, onDate, evidence }: Omit<Stage, 'recordedAt'>,
): Promise<void> {
  const id = idToBinary(subjectId);
  const last = await tx
    .selectFrom('directory_stage')
    .select((eb) => eb.fn.max('step').as('step'))
    .where('subject_id', '=', id)
    .executeTakeFirst();
  await tx
    .insertInto('directory_stage')
    .values({
      subject_id: id,
      step: (last?.step ?? 0) + 1,
      stage,
      on_date: onDate,
      evidence,
      recorded_at: sqlNow(clock),
    })
    .execute();
}
