import type { Solvency } from '@ddp/contracts/points/solvency';

/** What is outstanding against what is funded, and whether that holds the brake. */
export function decideSolvency(books: {
  outstandingPoints: number;
  maturingPoints: number;
  fundedPoints: number;
  brakeAtPercent: number | null;
}): Solvency {
  const { outstandingPoints, fundedPoints, brakeAtPercent } = books;
  const share = BigInt(outstandingPoints) * 100n;
  return {
    ...books,
    percent: fundedPoints === 0 ? null : Number(share / BigInt(fundedPoints)),
    isBraked: brakeAtPercent !== null && share > BigInt(fundedPoints) * BigInt(brakeAtPercent),
  };
}
