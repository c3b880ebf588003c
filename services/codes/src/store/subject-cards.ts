import type { Subject } from '@ddp/contracts/directory/schemas';
import { isDuplicate } from '@ddp/db-kit/errors';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import type { Kysely } from 'kysely';
import type { CodesDatabase, SubjectCardTable } from '../database.ts';

type Db = Kysely<CodesDatabase>;

/**
 * Keeps the newest card of a subject: an older version never overwrites a newer one. True where a
 * card was replaced.
 */
export async function saveSubjectCard(tx: Db, subject: Subject): Promise<boolean> {
  const { id, ...fields } = subject;
  const card = {
    programme_id: fields.programmeId === null ? null : idToBinary(fields.programmeId),
    kind: fields.kind,
    name: fields.name,
    title: fields.title,
    unit_id: fields.unitId === null ? null : idToBinary(fields.unitId),
    unit_name: fields.unitName,
    area_name: fields.areaName,
    area_path: fields.areaPath,
    person_id: fields.personId === null ? null : idToBinary(fields.personId),
    photo_digest: fields.photoId ? Buffer.from(fields.photoId, 'hex') : null,
    is_active: fields.isActive ? 1 : 0,
    version: fields.version,
  };
  try {
    await tx
      .insertInto('codes_subject_card')
      .values({ subject_id: idToBinary(id), ...card })
      .execute();
    return false;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const result = await tx
      .updateTable('codes_subject_card')
      .set(card)
      .where('subject_id', '=', idToBinary(id))
      .where('version', '<', fields.version)
      .executeTakeFirst();
    return result.numUpdatedRows === 1n;
  }
}

/**
 * The cards of subjects, locked in order of id: whoever makes a code locks the card that says where it
 * stands, as whoever moves the subject does, so that no code is left behind where the subject was.
 */
export async function lockSubjectCards(
  tx: Db,
  subjectIds: readonly string[],
): Promise<Map<string, SubjectCardTable>> {
  if (subjectIds.length === 0) return new Map();
  const rows = await selectScoped(tx, 'codes_subject_card', everywhere)
    .selectAll()
    .where('subject_id', 'in', [...new Set(subjectIds)].map(idToBinary))
    .orderBy('subject_id')
    .forUpdate()
    .execute();
  return new Map(rows.map((row) => [binaryToId(row.subject_id), row]));
}

/** The card of one subject, locked. */
export async function lockSubjectCard(
  tx: Db,
  subjectId: string,
): Promise<SubjectCardTable | undefined> {
  return (await lockSubjectCards(tx, [subjectId])).get(subjectId);
}
