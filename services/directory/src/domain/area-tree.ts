import type { AreaLevel } from '@ddp/contracts/directory/schemas';

export interface AreaRow {
  code: string;
  name: string;
  level: AreaLevel;
  parentCode: string | null;
}

export interface PlacedArea extends AreaRow {
  areaPath: string;
}

/**
 * Gives every area its path from the root. `knownPaths` are the areas already stored. Returns the
 * codes whose parent is nowhere to be found, or that go round in a circle, as orphans.
 */
export function placeAreas(
  rows: readonly AreaRow[],
  knownPaths: ReadonlyMap<string, string>,
): { placed: PlacedArea[]; orphans: string[] } {
  const byCode = new Map(rows.map((row) => [row.code, row]));
  const underWay = new Set<string>();

  function pathOf(code: string): string | null {
    // An area that is stored stays where it is: an import adds and renames, it moves nothing.
    const known = knownPaths.get(code);
    if (known !== undefined) return known;
    const row = byCode.get(code);
    if (!row) return null;
    if (underWay.has(code)) return null;
    underWay.add(code);
    const parentPath = row.parentCode === null ? '/' : pathOf(row.parentCode);
    underWay.delete(code);
    return parentPath === null ? null : `${parentPath}${code}/`;
  }

  const placed: PlacedArea[] = [];
  const orphans: string[] = [];
  for (const row of byCode.values()) {
    const areaPath = pathOf(row.code);
    if (areaPath === null) orphans.push(row.code);
    else placed.push({ ...row, areaPath });
  }
  return { placed, orphans };
}

/** The programme over an area: the nearest one on the way to the root. */
export function nearestProgramme<P extends { areaPath: string }>(
  areaPath: string,
  programmes: readonly P[],
): P | null {
  return (
    programmes
      .filter((programme) => areaPath.startsWith(programme.areaPath))
      .sort((a, b) => b.areaPath.length - a.areaPath.length)[0] ?? null
  );
}

/** The subtrees of a scope that lie in an area: the area itself, or those of its parts in reach. */
export function narrowScope(scope: readonly string[], areaPath: string): string[] {
  if (scope.some((path) => areaPath.startsWith(path))) return [areaPath];
  return scope.filter((path) => path.startsWith(areaPath));
}

/** The code of the area that a path leads to. */
export function areaCodeOf(areaPath: string): string {
  return areaPath.split('/').at(-2) ?? '';
}

/** Whether a search may mean the beginning of a code rather than a name. */
export function isCodeText(search: string): boolean {
  return /^[0-9]+$/.test(search);
}
