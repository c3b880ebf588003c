import {
  type Coverage,
  type CoverageArea,
  type StationLevel,
  stationLevels,
} from '@ddp/contracts/directory/coverage';
import type { AreaLevel } from '@ddp/contracts/directory/schemas';
import type { UnitKind } from '@ddp/contracts/directory/units';
import { stationKindOf } from './area-levels.ts';

export interface CoverageRecords {
  /** Open areas of a subtree. */
  areas: readonly { code: string; name: string; level: AreaLevel; areaPath: string }[];
  /** Open units of it. */
  units: readonly { kind: UnitKind; areaPath: string }[];
  /** How many workers with a certificate that is valid today belong to each path. */
  certified: readonly { areaPath: string; workers: number }[];
}

const isStationLevel = (level: AreaLevel): level is StationLevel => level !== 'grid';

/** What reaches each area down to communities; workers of an area below count for those above. */
export function coverAreas({ areas, units, certified }: CoverageRecords): CoverageArea[] {
  const stations = new Set(units.map(({ kind, areaPath }) => `${kind} ${areaPath}`));
  const workers = new Map<string, number>();
  for (const { areaPath, workers: count } of certified) {
    for (const path of pathsAbove(areaPath)) workers.set(path, (workers.get(path) ?? 0) + count);
  }
  return areas.flatMap(({ level, ...area }) =>
    isStationLevel(level)
      ? [
          {
            ...area,
            level,
            hasStation: stations.has(`${stationKindOf[level]} ${area.areaPath}`),
            certifiedWorkers: workers.get(area.areaPath) ?? 0,
          },
        ]
      : [],
  );
}

/** The figures of each level that the areas have. */
export function sumCoverage(
  areaCode: string,
  areas: readonly CoverageArea[],
  certifiedWorkers: number,
): Coverage {
  const levels = stationLevels.flatMap((level) => {
    const own = areas.filter((area) => area.level === level);
    if (own.length === 0) return [];
    const withStation = own.filter((area) => area.hasStation).length;
    const withCertifiedWorker = own.filter((area) => area.certifiedWorkers > 0).length;
    return [{ level, areas: own.length, withStation, withCertifiedWorker }];
  });
  return { areaCode, levels, certifiedWorkers };
}

/** The path itself and those of everything above it. */
function pathsAbove(areaPath: string): string[] {
  const codes = areaPath.split('/').filter(Boolean);
  return codes.map((_code, index) => `/${codes.slice(0, index + 1).join('/')}/`);
}
