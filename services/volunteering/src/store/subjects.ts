import type { Subject } from '@ddp/contracts/directory/schemas';
import { isDuplicate } from '@ddp/db-kit/errors';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import type { Kysely } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';

type Db = Kysely<VolunteeringDatabase>;

/** Keeps the newest of a volunteer's subject: an older version never overwrites a newer one. */
export async function saveSubject(
  tx: Db,
  { id, personId, isActive, version }: Subject,
): Promise<void> {
  const key = idToBinary(id);
  const fields = {
    person_id: personId === null ? null : idToBinary(personId),
    is_active: isActive ? 1 : 0,
    version,
  };
  try {
    await tx
      .insertInto('volunteering_subject')
      .values({ subject_id: key, ...fields })
      .execute();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    await tx
      .updateTable('volunteering_subject')
      .set(fields)
      .where('subject_id', '=', key)
      .where('version', '<', version)
      .execute();
  }
}

/** The subject under which a volunteer is rated now, or null. */
export async function findSubjectOf(db: Db, personId: string): Promise<string | null> {
  const row = await db
    .selectFrom('volunteering_subject')
    .select('subject_id')
    .where('person_id', '=', idToBinary(personId))
    .where('is_active', '=', 1)
    .orderBy('subject_id')
    .limit(1)
    .executeTakeFirst();
  return row ? binaryToId(row.subject_id) : null;
}
