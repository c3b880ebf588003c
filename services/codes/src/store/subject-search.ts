import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, selectScoped } from '@ddp/db-kit/scope';
import type { Kysely } from 'kysely';
import type { CodesDatabase } from '../database.ts';

type Db = Kysely<CodesDatabase>;

/** A subject in force as a row of a table may name it. */
export interface NamedSubject {
  subjectId: string;
  name: string;
  unitName: string;
  areaPath: string;
}

const columns = ['subject_id', 'name', 'unit_name', 'area_path'] as const;

function toNamed(row: {
  subject_id: Buffer;
  name: string;
  unit_name: string | null;
  area_path: string;
}): NamedSubject {
  return {
    subjectId: binaryToId(row.subject_id),
    name: row.name,
    unitName: row.unit_name ?? '',
    areaPath: row.area_path,
  };
}

/** Subjects in force of a scope in the order of their ids, after one of them. */
export async function listActiveSubjects(
  db: Db,
  scope: AreaScope,
  page: { after: string | null; limit: number },
): Promise<NamedSubject[]> {
  let query = selectScoped(db, 'codes_subject_card', scope).select(columns);
  if (page.after !== null) query = query.where('subject_id', '>', idToBinary(page.after));
  const rows = await query
    .where('is_active', '=', 1)
    .orderBy('subject_id')
    .limit(page.limit)
    .execute();
  return rows.map(toNamed);
}

/** Subjects in force that have one of these ids or names. */
export async function findSubjects(
  db: Db,
  scope: AreaScope,
  by: { ids: readonly string[] } | { names: readonly string[] },
): Promise<NamedSubject[]> {
  const query = selectScoped(db, 'codes_subject_card', scope)
    .select(columns)
    .where('is_active', '=', 1);
  const rows =
    'ids' in by
      ? by.ids.length === 0
        ? []
        : await query.where('subject_id', 'in', by.ids.map(idToBinary)).execute()
      : by.names.length === 0
        ? []
        : await query.where('name', 'in', by.names).execute();
  return rows.map(toNamed);
}
