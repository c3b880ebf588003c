import {
  addDays,
  type CivilDate,
  compareCivilDates,
  parseCivilDate,
  yearOf,
} from '@ddp/calendar/civil-date';

/** Points of a person that expire together, at the end of a day in Asia/Shanghai. */
export interface Lot {
  expiresOn: CivilDate;
  /** What may be spent. */
  free: number;
  /** What is held for redemptions under way; it does not expire while it is held. */
  held: number;
}

/** How one lot changes; whole points of either sign. */
export interface LotChange {
  expiresOn: CivilDate;
  freeChange: number;
  heldChange: number;
}

/** The last day of points that were earned on a day: 31 December so many years later. */
export function lotOf(earnedOn: CivilDate, lifeYears: number): CivilDate {
  return parseCivilDate(`${yearOf(earnedOn) + lifeYears}-12-31`);
}

export function planIssue(expiresOn: CivilDate, amount: number): LotChange[] {
  return [{ expiresOn, freeChange: amount, heldChange: 0 }];
}

/**
 * Takes an amount aside from what expires first. Null where the lots that have not expired do not
 * reach, whether or not the sweep has come by.
 */
export function planHold(
  lots: readonly Lot[],
  amount: number,
  today: CivilDate,
): LotChange[] | null {
  const alive = lots.filter((lot) => !isExpired(lot, today));
  const { changes, missing } = takeFree(alive.toSorted(byExpiry), amount);
  if (missing > 0) return null;
  return changes.map((one) => ({ ...one, heldChange: -one.freeChange }));
}

/** The lots after some changes of them. */
export function changed(lots: readonly Lot[], changes: readonly LotChange[]): Lot[] {
  return lots.map((lot) => {
    const change = changes.find(({ expiresOn }) => expiresOn === lot.expiresOn);
    if (change === undefined) return lot;
    const { freeChange, heldChange } = change;
    return { ...lot, free: lot.free + freeChange, held: lot.held + heldChange };
  });
}

/** Spends what a hold took, from the lots it took it from. */
export function planPosting(taken: readonly LotChange[]): LotChange[] {
  return taken.map(({ expiresOn, heldChange }) => ({
    expiresOn,
    freeChange: 0,
    heldChange: -heldChange,
  }));
}

/** Gives back what a hold took, each part to its lot, with at least so many days left to use it. */
export function planReturn(
  taken: readonly LotChange[],
  today: CivilDate,
  leastDays: number,
): LotChange[] {
  const leastExpiresOn = addDays(today, leastDays);
  return mergeChanges(
    taken.flatMap(({ expiresOn, heldChange }) => [
      { expiresOn, freeChange: 0, heldChange: -heldChange },
      {
        expiresOn: laterOf(expiresOn, leastExpiresOn),
        freeChange: heldChange,
        heldChange: 0,
      },
    ]),
  );
}

/** What has expired by a day, but for what is held. */
export function planExpiry(lots: readonly Lot[], today: CivilDate): LotChange[] {
  return planLapse(lots.filter((lot) => isExpired(lot, today)));
}

/** Everything that is free. */
export function planLapse(lots: readonly Lot[]): LotChange[] {
  return lots
    .filter(({ free }) => free > 0)
    .map(({ expiresOn, free }) => ({ expiresOn, freeChange: -free, heldChange: 0 }));
}

/** Takes back up to an amount: first from the lot it once went to, then from what expires first. */
export function planTakingBack(
  lots: readonly Lot[],
  amount: number,
  firstFrom: CivilDate,
): LotChange[] {
  const isFirst = (lot: Lot) => lot.expiresOn === firstFrom;
  const rest = lots.filter((lot) => !isFirst(lot)).toSorted(byExpiry);
  return takeFree([...lots.filter(isFirst), ...rest], amount).changes;
}

/** Takes an amount of what a hold gave back, from what expires first. */
export function planRecovery(returned: readonly LotChange[], amount: number): LotChange[] {
  const free = returned
    .filter(({ freeChange }) => freeChange > 0)
    .map(({ expiresOn, freeChange }) => ({ expiresOn, free: freeChange, held: 0 }));
  return takeFree(free.toSorted(byExpiry), amount).changes;
}

/** By how much the free points change altogether. */
export function freeChangeOf(changes: readonly LotChange[]): number {
  return changes.reduce((sum, { freeChange }) => sum + freeChange, 0);
}

function isExpired({ expiresOn }: Lot, today: CivilDate): boolean {
  return expiresOn < today;
}

function laterOf(a: CivilDate, b: CivilDate): CivilDate {
  return compareCivilDates(a, b) > 0 ? a : b;
}

const byExpiry = (a: Lot, b: Lot) => compareCivilDates(a.expiresOn, b.expiresOn);

function takeFree(ordered: readonly Lot[], amount: number) {
  const changes: LotChange[] = [];
  let missing = amount;
  for (const { expiresOn, free } of ordered) {
    const part = Math.min(free, missing);
    if (part > 0) changes.push({ expiresOn, freeChange: -part, heldChange: 0 });
    missing -= part;
  }
  return { changes, missing };
}

function mergeChanges(changes: readonly LotChange[]): LotChange[] {
  const merged = new Map<CivilDate, LotChange>();
  for (const { expiresOn, freeChange, heldChange } of changes) {
    const before = merged.get(expiresOn);
    merged.set(expiresOn, {
      expiresOn,
      freeChange: (before?.freeChange ?? 0) + freeChange,
      heldChange: (before?.heldChange ?? 0) + heldChange,
    });
  }
  return [...merged.values()];
}
