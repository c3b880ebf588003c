import {
  newRecognitionRulesSchema,
  type RecognitionTerms,
} from '@ddp/contracts/volunteering/recognition';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely, Selectable } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';

type Db = Kysely<VolunteeringDatabase>;

export interface StoredRules extends RecognitionTerms {
  version: number;
  setBy: string | null;
  setAt: Date | null;
}

function toRules(row: Selectable<VolunteeringDatabase['volunteering_recognition_rules']>) {
  return {
    ...newRecognitionRulesSchema.parse(JSON.parse(row.terms)),
    version: row.version,
    setBy: binaryToId(row.set_by),
    setAt: row.set_at,
  };
}

/** What is in force in a programme: its latest version, else the product's own as version 0. */
export async function readRecognition(db: Db, programmeId: string): Promise<StoredRules> {
  const [latest] = await listRecognition(db, programmeId, { before: null, limit: 0 });
  return latest ?? { ...newRecognitionRulesSchema.parse({}), version: 0, setBy: null, setAt: null };
}

/** The latest first, one more than the limit. */
export async function listRecognition(
  db: Db,
  programmeId: string,
  page: { before: number | null; limit: number },
): Promise<StoredRules[]> {
  let query = db
    .selectFrom('volunteering_recognition_rules')
    .selectAll()
    .where('programme_id', '=', idToBinary(programmeId));
  if (page.before !== null) query = query.where('version', '<', page.before);
  const rows = await query
    .orderBy('version', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toRules);
}

/** Throws a duplicate where another version came first. */
export async function insertRecognition(
  tx: Db,
  clock: ClockOffset,
  next: { programmeId: string; version: number; terms: RecognitionTerms; setBy: string },
): Promise<void> {
  await tx
    .insertInto('volunteering_recognition_rules')
    .values({
      programme_id: idToBinary(next.programmeId),
      version: next.version,
      terms: JSON.stringify(next.terms),
      set_by: idToBinary(next.setBy),
      set_at: sqlNow(clock),
    })
    .execute();
}
