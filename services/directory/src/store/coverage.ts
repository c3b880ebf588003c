import type { AreaLevel } from '@ddp/contracts/directory/schemas';
import type { UnitKind } from '@ddp/contracts/directory/units';
import { type AreaScope, selectScoped } from '@ddp/db-kit/scope';
import type { Kysely } from 'kysely';
import type { DirectoryDatabase } from '../database.ts';
import type { CoverageRecords } from '../domain/coverage.ts';

type Db = Kysely<DirectoryDatabase>;

/** More areas than a city has; a larger subtree is read in parts. */
const mostAreas = 20_000;

/** The records that coverage is counted from, as they are on a day. */
export async function readCoverageRecords(
  db: Db,
  scope: AreaScope,
  today: string,
): Promise<CoverageRecords> {
  const areas = await selectScoped(db, 'directory_area', scope)
    .select(['code', 'name', 'level', 'area_path'])
    .where('state', '=', 'open')
    .where('level', '<>', 'grid')
    .orderBy('code')
    .limit(mostAreas)
    .execute();
  const units = await selectScoped(db, 'directory_unit', scope)
    .select(['kind', 'area_path'])
    .where('state', '=', 'open')
    .where('kind', '<>', 'organization')
    .distinct()
    .limit(mostAreas)
    .execute();
  const certified = await selectScoped(db, 'directory_subject', scope)
    .innerJoin('directory_certificate as one', 'one.subject_id', 'directory_subject.id')
    .select((eb) => [
      'directory_subject.area_path',
      eb.fn.count('directory_subject.id').distinct().as('workers'),
    ])
    .where('directory_subject.is_active', '=', 1)
    .where('one.state', '=', 'current')
    .where('one.issued_on', '<=', today)
    .where('one.expires_on', '>=', today)
    .groupBy('directory_subject.area_path')
    .limit(mostAreas)
    .execute();
  return {
    areas: areas.map((row) => ({
      code: row.code,
      name: row.name,
      level: row.level as AreaLevel,
      areaPath: row.area_path,
    })),
    units: units.map((row) => ({ kind: row.kind as UnitKind, areaPath: row.area_path })),
    certified: certified.map((row) => ({
      areaPath: row.area_path,
      workers: Number(row.workers),
    })),
  };
}
