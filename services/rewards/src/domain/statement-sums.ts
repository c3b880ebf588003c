/** The most that one transfer of the ledger moves. */
const mostCents = 1_000_000_000;

export interface Due {
  dueCents: number;
  carriedOutCents: number;
}

/**
 * What a merchant is paid for a month. Beyond the ceiling it waits for the next month; corrections
 * that come to more than the month's vouchers are taken off the next one, and nobody pays in.
 */
export function decideDue(owed: {
  carriedInCents: number;
  payableCents: number;
  ceilingCents: number | null;
}): Due {
  const all = owed.carriedInCents + owed.payableCents;
  const most = owed.ceilingCents === null ? all : Math.min(all, owed.ceilingCents);
  const dueCents = Math.max(0, most);
  return { dueCents, carriedOutCents: all - dueCents };
}

/** An amount in pieces that the ledger takes, none for nothing; the sign is left to the caller. */
export function cutAmount(cents: number): number[] {
  const pieces: number[] = [];
  for (let left = Math.abs(cents); left > 0; left -= mostCents) {
    pieces.push(Math.min(left, mostCents));
  }
  return pieces;
}
