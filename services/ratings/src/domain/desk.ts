import type { Role } from '@ddp/contracts/permission';

/** City, banner, township and community have officers; a grid is looked after by its community. */
const deepestDesk = 4;

function partsOf(areaPath: string): string[] {
  return areaPath.split('/').filter((part) => part !== '');
}

function pathOf(parts: readonly string[]): string {
  return `/${parts.join('/')}/`;
}

/** Whose officers act first on what happened in an area. */
export function firstDeskOf(areaPath: string): string {
  return pathOf(partsOf(areaPath).slice(0, deepestDesk));
}

/** The desk above, up to the city; null at the city itself. */
export function deskAbove(deskPath: string): string | null {
  const parts = partsOf(deskPath);
  return parts.length <= 1 ? null : pathOf(parts.slice(0, -1));
}

/** The officers who are told of what lies on a desk. */
export function roleAt(deskPath: string): Role {
  const depth = partsOf(deskPath).length;
  if (depth <= 1) return 'city-officer';
  return depth === 2 ? 'banner-officer' : 'community-officer';
}

/** Whether a post over some areas reaches a desk. */
export function isWithin(deskPath: string, areaPaths: readonly string[]): boolean {
  return areaPaths.some((path) => deskPath.startsWith(path));
}

/** The paths from the root down to an area, itself included. */
export function pathsAbove(areaPath: string): string[] {
  const parts = partsOf(areaPath);
  return parts.map((_part, index) => pathOf(parts.slice(0, index + 1)));
}
