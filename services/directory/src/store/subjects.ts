import type { Subject } from '@ddp/contracts/directory/schemas';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { containing } from '@ddp/db-kit/like';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely, SelectQueryBuilder } from 'kysely';
import type { DirectoryDatabase } from '../database.ts';

type Db = Kysely<DirectoryDatabase>;

/** A subject as stored: names of unit and area are looked up when it is read. */
export interface NewSubject {
  id: string;
  programmeId: string | null;
  kind: Subject['kind'];
  name: string;
  title: string;
  unitId: string | null;
  areaCode: string;
  areaPath: string;
  personId: string | null;
}

function selectSubjects(db: Db, scope: AreaScope) {
  return selectScoped(db, 'directory_subject', scope)
    .leftJoin('directory_unit as unit', 'unit.id', 'directory_subject.unit_id')
    .innerJoin('directory_area as area', 'area.code', 'directory_subject.area_code')
    .select([
      'directory_subject.id',
      'directory_subject.programme_id',
      'directory_subject.kind',
      'directory_subject.name',
      'directory_subject.title',
      'directory_subject.unit_id',
      'directory_subject.area_path',
      'directory_subject.person_id',
      'directory_subject.is_active',
      'directory_subject.version',
      'unit.name as unit_name',
      'area.name as area_name',
    ]);
}

type Row =
  ReturnType<typeof selectSubjects> extends SelectQueryBuilder<infer _D, infer _T, infer R>
    ? R
    : never;

function toSubject(row: Row): Subject {
  return {
    id: binaryToId(row.id),
    kind: row.kind as Subject['kind'],
    name: row.name,
    title: row.title,
    unitId: binaryToIdOrNull(row.unit_id),
    unitName: row.unit_name,
    areaName: row.area_name,
    areaPath: row.area_path,
    personId: binaryToIdOrNull(row.person_id),
    programmeId: binaryToIdOrNull(row.programme_id),
    isActive: row.is_active === 1,
    version: row.version,
  };
}

export async function findSubject(db: Db, id: string): Promise<Subject | null> {
  const row = await selectSubjects(db, everywhere)
    .where('directory_subject.id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toSubject(row) : null;
}

/** Subjects of a scope, newest first, one more than the limit. */
export async function listSubjects(
  db: Db,
  scope: AreaScope,
  filter: { kind?: string | undefined; search?: string | undefined },
  after: string | null,
  limit: number,
): Promise<Subject[]> {
  let query = selectSubjects(db, scope);
  if (filter.kind !== undefined) query = query.where('directory_subject.kind', '=', filter.kind);
  if (filter.search !== undefined) {
    query = query.where('directory_subject.name', 'like', containing(filter.search));
  }
  if (after !== null) query = query.where('directory_subject.id', '<', idToBinary(after));
  const rows = await query
    .orderBy('directory_subject.id', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map(toSubject);
}

export async function insertSubject(tx: Db, clock: ClockOffset, subject: NewSubject) {
  await tx
    .insertInto('directory_subject')
    .values({
      id: idToBinary(subject.id),
      programme_id: subject.programmeId === null ? null : idToBinary(subject.programmeId),
      kind: subject.kind,
      name: subject.name,
      title: subject.title,
      unit_id: subject.unitId === null ? null : idToBinary(subject.unitId),
      area_code: subject.areaCode,
      area_path: subject.areaPath,
      person_id: subject.personId === null ? null : idToBinary(subject.personId),
      is_active: 1,
      version: 1,
      created_at: sqlNow(clock),
    })
    .execute();
}

/** Ids and paths of the subjects in a subtree, for a programme that begins over them. */
export async function listSubjectPaths(
  tx: Db,
  areaPath: string,
): Promise<{ id: string; areaPath: string }[]> {
  const rows = await selectScoped(tx, 'directory_subject', [areaPath])
    .select(['id', 'area_path'])
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ id: binaryToId(row.id), areaPath: row.area_path }));
}

export async function moveSubjectToProgramme(
  tx: Db,
  subjectId: string,
  programmeId: string,
): Promise<void> {
  await tx
    .updateTable('directory_subject')
    .set((eb) => ({ programme_id: idToBinary(programmeId), version: eb('version', '+', 1) }))
    .where('id', '=', idToBinary(subjectId))
    .execute();
}

/** Closes the subjects of a person and takes the person's name off them; returns their ids. */
export async function forgetSubjectsOf(
  tx: Db,
  personId: string,
  shownName: string,
): Promise<string[]> {
  const person = idToBinary(personId);
  const rows = await selectScoped(tx, 'directory_subject', everywhere)
    .select('id')
    .where('person_id', '=', person)
    .execute();
  await tx
    .updateTable('directory_subject')
    .set((eb) => ({
      name: shownName,
      title: '',
      person_id: null,
      is_active: 0,
      version: eb('version', '+', 1),
    }))
    .where('person_id', '=', person)
    .execute();
  return rows.map((row) => binaryToId(row.id));
}
