/** The pieces of a benefit that one merchant has, and where they are. */
export interface Shelves {
  merchantId: string;
  initialStock: number;
  reserved: number;
  sold: number;
}

export type Levelled = Shelves & { available: number };

/**
 * Each merchant's stock after what its redemptions took. A merchant that gave away more than it had
 * gets the difference from whoever has most left; null where all together gave away too much.
 */
export function levelShelves(merchants: readonly Shelves[]): Levelled[] | null {
  const levelled = merchants.map((one) => ({
    ...one,
    available: one.initialStock - one.reserved - one.sold,
  }));
  for (const short of levelled.filter(({ available }) => available < 0)) {
    for (const giver of levelled.toSorted((a, b) => b.available - a.available)) {
      const part = Math.min(Math.max(giver.available, 0), -short.available);
      giver.initialStock -= part;
      giver.available -= part;
      short.initialStock += part;
      short.available += part;
    }
    if (short.available < 0) return null;
  }
  return levelled;
}
