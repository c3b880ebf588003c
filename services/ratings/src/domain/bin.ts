import { addLevel, type LevelCounts, noCounts } from './cell.ts';

/** Fewer raters than this are never told of, neither alone nor as a difference of what is told. */
export const leastRaters = 5;

/** A rating as the cutting into bins sees it. */
export interface Countable {
  id: string;
  raterKey: string;
  /** Programme, unit and area: what a bin has in common. */
  place: string;
  month: string;
  level: number;
  isCounted: boolean;
}

/**
 * The smallest thing that is told: ratings of five raters or more, of one subject, sort of raters and
 * place. Bins never overlap, and every figure is a sum of whole bins; so nothing that is worked out
 * from figures, by whatever sums and differences, is finer than a bin.
 */
export interface Bin {
  place: string;
  /** Month of its last rating. */
  month: string;
  firstId: string;
  lastId: string;
  raters: number;
  counts: LevelCounts;
}

/** A bin that has too few raters yet. */
export interface OpenBin extends Omit<Bin, 'raters'> {
  keys: Set<string>;
}

/**
 * Cuts ratings, in order of id, into bins: one for a month where it has raters enough, else one over
 * several months. Those before a change of place that are too few are told nowhere. What stays over
 * goes on with the ratings that come next.
 */
export function cutBins(
  ratings: readonly Countable[],
  leftOver: OpenBin | null = null,
): { bins: Bin[]; open: OpenBin | null } {
  const bins: Bin[] = [];
  let open = leftOver;
  for (const rating of ratings) {
    if (!rating.isCounted) continue;
    const isFull: boolean = open !== null && open.keys.size >= leastRaters;
    if (open && isFull && (open.place !== rating.place || open.month !== rating.month)) {
      bins.push(close(open));
      open = null;
    }
    if (open?.place !== rating.place) open = null;
    open = add(open ?? startWith(rating), rating);
  }
  if (open && open.keys.size >= leastRaters) {
    bins.push(close(open));
    open = null;
  }
  return { bins, open };
}

function startWith({ id, place, month }: Countable): OpenBin {
  return { place, month, firstId: id, lastId: id, keys: new Set(), counts: noCounts };
}

function add(open: OpenBin, { id, month, raterKey, level }: Countable): OpenBin {
  open.keys.add(raterKey);
  return { ...open, month, lastId: id, counts: addLevel(open.counts, level) };
}

function close({ keys, ...bin }: OpenBin): Bin {
  return { ...bin, raters: keys.size };
}
