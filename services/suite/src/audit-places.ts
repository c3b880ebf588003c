import type { Finding } from './audit-finding.ts';
import type { Reader } from './audit-reader.ts';

/** Rows of other services that are alive and go along when their area moves. */
const followers: readonly [service: string, table: string][] = [
  ['identity', 'identity_person'],
  ['identity', 'identity_post'],
  ['identity', 'identity_programme'],
  ['codes', 'codes_code'],
  ['ratings', 'ratings_follow_up'],
  ['points', 'points_participation'],
  ['rewards', 'rewards_merchant'],
  ['rewards', 'rewards_benefit'],
  ['rewards', 'rewards_shop'],
  ['rewards', 'rewards_budget'],
  ['volunteering', 'volunteering_volunteer'],
  ['volunteering', 'volunteering_team'],
  ['volunteering', 'volunteering_activity'],
];

interface Stray {
  table: string;
  areaPath: string;
}

/**
 * D13 over several services: what is alive stands in an area that the directory has at that path.
 * Nothing is said while a change of areas is being followed. What looks wrong is read once more, as
 * a change may begin between two reads.
 */
export async function auditPlaces(readers: ReadonlyMap<string, Reader>): Promise<Finding | null> {
  const directory = readers.get('directory');
  if (!directory) return null;
  const check = {
    service: 'directory+others',
    invariant: 'D13 what is alive stands in an area that is there',
  };
  let strays = await findStrays(readers, directory);
  if (strays.length > 0) strays = await findStrays(readers, directory);
  if (strays.length === 0) return { ...check, holds: true };
  const violation = 'rows have the path of no area, and no change of areas is being followed';
  return { ...check, holds: false, violation, count: strays.length, first: strays[0] };
}

async function findStrays(
  readers: ReadonlyMap<string, Reader>,
  directory: Reader,
): Promise<Stray[]> {
  const strays: Stray[] = [];
  for (const [service, table] of followers) {
    const reader = readers.get(service);
    if (!reader) continue;
    const sql = `SELECT DISTINCT area_path FROM ${table} WHERE area_path IS NOT NULL`;
    for (const row of await reader.query(sql)) {
      strays.push({ table, areaPath: String(row.area_path) });
    }
  }
  const known = await directory.query(
    "SELECT area_path FROM directory_area WHERE state <> 'merged'",
  );
  const changing = await directory.query('SELECT 1 FROM directory_relocation WHERE under_way = 1');
  if (changing.length > 0) return [];
  const paths = new Set(known.map((row) => String(row.area_path)));
  return strays.filter(({ areaPath }) => !paths.has(areaPath));
}
