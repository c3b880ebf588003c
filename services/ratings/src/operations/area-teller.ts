import { civilDateOf, monthOf } from '@ddp/calendar/civil-date';
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
    const now = deps.clock.now();
    const known = kept.get(areaCode);
    if (known && known.untilMs > now.getTime()) return known.figures;
    const month = monthOf(civilDateOf(now));
    const figures = readAreaFigures(deps, { areaCode, month }, requestId);
    kept.delete(areaCode);
    kept.set(areaCode, { figures, untilMs: now.getTime() + keptMs });
    for (const oldest of kept.keys()) {
      if (kept.size <= mostKept) break;
      kept.delete(oldest);
    }
    // What failed is asked for again.
    figures.catch(() => kept.delete(areaCode));
    return figures;
  };
}
