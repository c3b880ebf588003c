/** Pieces of one benefit that are on offer. */
export interface Offer {
  pricePoints: number;
  unitValueCents: number;
  pieces: number;
}

/** What a budget has left in each unit; null where it has no limit. */
export interface Left {
  points: number | null;
  cents: number | null;
}

/**
 * The most points that a budget could pay out for the benefits that share it: never more than the
 * points it has left, nor for pieces whose face value it has not. Where cents are short, they go to
 * what gives most points for them.
 */
export function payableFrom({ points, cents }: Left, offers: readonly Offer[]): number {
  let centsLeft = cents ?? Number.POSITIVE_INFINITY;
  let payable = 0;
  for (const { pricePoints, unitValueCents, pieces } of offers.toSorted(byPointsForCents)) {
    const inPoints = points === null ? pieces : Math.floor(points / pricePoints);
    const inCents = unitValueCents === 0 ? pieces : Math.floor(centsLeft / unitValueCents);
    const most = Math.max(0, Math.min(pieces, inPoints, inCents));
    centsLeft -= most * unitValueCents;
    payable += most * pricePoints;
  }
  return points === null ? payable : Math.max(0, Math.min(points, payable));
}

const byPointsForCents = (a: Offer, b: Offer) =>
  b.pricePoints * a.unitValueCents - a.pricePoints * b.unitValueCents;
