import type { Subject } from '@ddp/contracts/directory/schemas';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { containing } from '@ddp/db-kit/like';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely, SelectQueryBuilder } from 'kysely';
import type { DirectoryDatabase } from '../database.ts';
import { isCodeText } from '../domain/area-tree.ts';

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

export interface SubjectFilter {
  kind?: string | undefined;
  stage?: string | undefined;
  unitId?: string | undefined;
  isActive?: boolean | undefined;
  search?: string | undefined;
}

export type StoredSubject = Subject & { areaCode: string };

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
      'directory_subject.area_code',
      'directory_subject.area_path',
      'directory_subject.person_id',
      'directory_subject.stage',
      'directory_subject.photo_digest',
      'directory_subject.closed_reason',
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

function toSubject(row: Row): StoredSubject {
  return {
    id: binaryToId(row.id),
    kind: row.kind as Subject['kind'],
    name: row.name,
    title: row.title,
    unitId: binaryToIdOrNull(row.unit_id),
    unitName: row.unit_name,
    areaName: row.area_name,
    areaCode: row.area_code,
    areaPath: row.area_path,
    personId: binaryToIdOrNull(row.person_id),
    programmeId: binaryToIdOrNull(row.programme_id),
    stage: row.stage as NonNullable<Subject['stage']> | null,
    photoId: row.photo_digest?.toString('hex') ?? null,
    isActive: row.is_active === 1,
    closedReason: row.closed_reason,
    version: row.version,
  };
}

/** A subject as it is shown. */
export function shownSubject({ areaCode: _areaCode, ...subject }: StoredSubject): Subject {
  return subject;
}

export async function findSubject(
  db: Db,
  id: string,
  scope: AreaScope = everywhere,
): Promise<StoredSubject | null> {
  const row = await selectSubjects(db, scope)
    .where('directory_subject.id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toSubject(row) : null;
}

/** The subject, once nobody else changes it. */
export async function lockSubject(
  tx: Db,
  id: string,
  scope: AreaScope,
): Promise<StoredSubject | null> {
  await selectScoped(tx, 'directory_subject', scope)
    .select('directory_subject.id')
    .where('directory_subject.id', '=', idToBinary(id))
    .forUpdate()
    .executeTakeFirst();
  return findSubject(tx, id, scope);
}

/** Subjects of a scope, newest first, one more than the limit. */
export async function listSubjects(
  db: Db,
  scope: AreaScope,
  filter: SubjectFilter,
  after: string | null,
  limit: number,
): Promise<StoredSubject[]> {
  const { kind, stage, unitId, isActive, search } = filter;
  let query = selectSubjects(db, scope);
  if (kind !== undefined) query = query.where('directory_subject.kind', '=', kind);
  if (stage !== undefined) query = query.where('directory_subject.stage', '=', stage);
  if (unitId !== undefined) {
    query = query.where('directory_subject.unit_id', '=', idToBinary(unitId));
  }
  if (isActive !== undefined) {
    query = query.where('directory_subject.is_active', '=', isActive ? 1 : 0);
  }
  if (search !== undefined) {
    query = query.where((eb) =>
      eb.or([
        eb('directory_subject.name', 'like', containing(search)),
        ...(isCodeText(search) ? [eb('directory_subject.area_code', 'like', `${search}%`)] : []),
      ]),
    );
  }
  if (after !== null) query = query.where('directory_subject.id', '<', idToBinary(after));
  const rows = await query
    .orderBy('directory_subject.id', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map(toSubject);
}

/** Active subjects that a person is, and organizations of units, those of the person first. */
export async function listSubjectsServedAs(
  db: Db,
  personId: string,
  unitIds: readonly string[],
  limit: number,
): Promise<StoredSubject[]> {
  const person = idToBinary(personId);
  const active = () =>
    selectSubjects(db, everywhere)
      .where('directory_subject.is_active', '=', 1)
      .orderBy('directory_subject.id')
      .limit(limit);
  const own = await active().where('directory_subject.person_id', '=', person).execute();
  if (unitIds.length === 0) return own.map(toSubject);
  const units = await active()
    .where('directory_subject.unit_id', 'in', unitIds.map(idToBinary))
    .where('directory_subject.kind', '=', 'organization')
    .execute();
  return [...own, ...units].map(toSubject);
}

/** The active subjects that belong to one of the areas themselves. */
export async function listSubjectsAt(
  db: Db,
  areaCodes: readonly string[],
): Promise<StoredSubject[]> {
  if (areaCodes.length === 0) return [];
  const rows = await selectSubjects(db, everywhere)
    .where('directory_subject.area_code', 'in', [...new Set(areaCodes)])
    .where('directory_subject.is_active', '=', 1)
    .execute();
  return rows.map(toSubject);
}

export async function insertSubjects(
  tx: Db,
  clock: ClockOffset,
  subjects: readonly NewSubject[],
): Promise<void> {
  if (subjects.length === 0) return;
  await tx
    .insertInto('directory_subject')
    .values(
      subjects.map((subject) => ({
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
      })),
    )
    .execute();
}

export interface SubjectChange {
  name?: string;
  title?: string;
  unitId?: string | null;
  place?: { areaCode: string; areaPath: string; programmeId: string | null };
  stage?: string;
  photoId?: string | null;
  isActive?: boolean;
  closedReason?: string;
}

/**
 * Changes a subject that is locked; its version grows, so that copies follow. One that is closed is
 * seen by nobody any more and keeps no picture.
 */
export async function updateSubject(tx: Db, id: string, change: SubjectChange): Promise<void> {
  const { name, title, unitId, place, stage, isActive, closedReason } = change;
  const photoId = isActive === false ? null : change.photoId;
  const binaryOrNull = (one: string | null) => (one === null ? null : idToBinary(one));
  await tx
    .updateTable('directory_subject')
    .set((eb) => ({
      version: eb('version', '+', 1),
      ...(name === undefined ? {} : { name }),
      ...(title === undefined ? {} : { title }),
      ...(unitId === undefined ? {} : { unit_id: binaryOrNull(unitId) }),
      ...(stage === undefined ? {} : { stage }),
      ...(photoId === undefined
        ? {}
        : { photo_digest: photoId === null ? null : Buffer.from(photoId, 'hex') }),
      ...(isActive === undefined ? {} : { is_active: isActive ? 1 : 0 }),
      ...(closedReason === undefined ? {} : { closed_reason: closedReason }),
      ...(place === undefined
        ? {}
        : {
            area_code: place.areaCode,
            area_path: place.areaPath,
            programme_id: binaryOrNull(place.programmeId),
          }),
    }))
    .where('id', '=', idToBinary(id))
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
      closed_reason: null,
      photo_digest: null,
      person_id: null,
      is_active: 0,
      version: eb('version', '+', 1),
    }))
    .where('person_id', '=', person)
    .execute();
  return rows.map((row) => binaryToId(row.id));
}

/** Lets the copies of a unit's subjects follow its new name; returns their ids. */
export async function touchSubjectsOfUnit(tx: Db, unitId: string): Promise<string[]> {
  const unit = idToBinary(unitId);
  const rows = await selectScoped(tx, 'directory_subject', everywhere)
    .select('id')
    .where('unit_id', '=', unit)
    .orderBy('id')
    .execute();
  await tx
    .updateTable('directory_subject')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('unit_id', '=', unit)
    .execute();
  return rows.map((row) => binaryToId(row.id));
}

/** Lets the copies of an area's subjects follow its new name; returns their ids. */
export async function touchSubjectsOfArea(tx: Db, areaCode: string): Promise<string[]> {
  const rows = await selectScoped(tx, 'directory_subject', everywhere)
    .select('id')
    .where('area_code', '=', areaCode)
    .orderBy('id')
    .execute();
  await tx
    .updateTable('directory_subject')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('area_code', '=', areaCode)
    .execute();
  return rows.map((row) => binaryToId(row.id));
}
