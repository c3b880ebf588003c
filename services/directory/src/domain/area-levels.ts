import type { StationLevel } from '@ddp/contracts/directory/coverage';
import { type AreaLevel, areaLevels, type PostRole } from '@ddp/contracts/directory/schemas';
import type { UnitKind } from '@ddp/contracts/directory/units';

/** The station of each level: 指导中心, 服务中心, 社工站, 社工室. */
export const stationKindOf: Record<StationLevel, UnitKind> = {
  city: 'guidance-centre',
  banner: 'service-centre',
  township: 'station',
  community: 'room',
};

/** The levels of area over which each role acts; roles that are not here act on any. */
const levelsOfRole: Partial<Record<PostRole, readonly AreaLevel[]>> = {
  'grid-worker': ['township', 'community', 'grid'],
  'community-officer': ['township', 'community'],
  'banner-officer': ['banner'],
  'city-officer': ['city'],
};

/** Whether a unit of the kind may stand in an area of the level; an organization may anywhere. */
export function isKindOfLevel(kind: UnitKind, level: AreaLevel): boolean {
  if (kind === 'organization') return true;
  return level !== 'grid' && stationKindOf[level] === kind;
}

/** Whether a post of the role, or one without a role, may be over an area of the level. */
export function isRoleOfLevel(role: PostRole | null, level: AreaLevel): boolean {
  return role === null || (levelsOfRole[role]?.includes(level) ?? true);
}

/** The level above, which an area of a level hangs under. */
export function levelAbove(level: AreaLevel): AreaLevel | null {
  return areaLevels[areaLevels.indexOf(level) - 1] ?? null;
}

/** The role whose officers answer for an area of the level. */
export function officerOf(level: AreaLevel): PostRole {
  if (level === 'city') return 'city-officer';
  return level === 'banner' ? 'banner-officer' : 'community-officer';
}
