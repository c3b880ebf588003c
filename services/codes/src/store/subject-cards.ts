import type { Subject } from '@ddp/contracts/directory/schemas';
import { isDuplicate } from '@ddp/db-kit/errors';
import { idToBinary } from '@ddp/db-kit/ids';
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

export async function findSubjectCard(
  db: Db,
  subjectId: string,
): Promise<SubjectCardTable | undefined> {
  return selectScoped(db, 'codes_subject_card', everywhere)
    .selectAll()
    .where('subject_id', '=', idToBinary(subjectId))
    .executeTakeFirst();
}
