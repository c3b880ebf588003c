import type { RatingsDeps } from '../deps.ts';
import { type AreaFigures, readAreaFigures } from './read-area-report.ts';

export type AreaTeller = (areaCode: string, requestId: string) => Promise<AreaFigures>;

const keptMs = 60_000;
/** A city has more than a thousand. */
const mostKept = 2_000;

/**
 * What anybody may know of an area up to this month. Kept for a minute, so that a page that many
 * open at once is worked out once.
 */
export function createAreaTeller(deps: RatingsDeps): AreaTeller {
  const kept = new Map<string, { figures: Promise<AreaFigures>; untilMs: number }>();
  return (areaCode, requestId) => {
    const nowMs = deps.clock.now().getTime();
    const known = kept.get(areaCode);
    if (known && known.untilMs > nowMs) return known.figures;
    const figures = readAreaFigures(deps, { areaCode }, requestId);
    kept.delete(areaCode);
    kept.set(areaCode, { figures, untilMs: nowMs + keptMs });
    for (const oldest of kept.keys()) {
      if (kept.size <= mostKept) break;
      kept.delete(oldest);
    }
    // What failed is asked for again.
    figures.catch(() => kept.delete(areaCode));
    return figures;
  };
}
