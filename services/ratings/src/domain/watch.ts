import { createHash } from 'node:crypto';
import type { CasePattern } from '@ddp/contracts/ratings/case-schemas';

/** From how many on something is looked at; of an install. */
export interface WatchLimits {
  /** Ratings of one subject from one network within the window. */
  burstRatings: number;
  burstMinutes: number;
  /** People who rated on one device within a day. */
  deviceAccounts: number;
}

/** Ratings that a pattern was found in. */
export interface Finding {
  pattern: CasePattern;
  /** What it is about: a subject and a network, a device, two people, a rater and a unit. */
  about: string;
  ratingIds: readonly string[];
}

/** A pattern is looked at once for what it is about and the day of its newest rating. */
export function caseOnce({ pattern, about }: Finding, day: string): Buffer {
  return createHash('sha256').update(`${pattern} ${about} ${day}`).digest().subarray(0, 16);
}

export interface Signal {
  ratingId: string;
  subjectId: string;
  personId: string | null;
  device: string | null;
  network: string | null;
  ratedAt: Date;
}

/** Subjects that one network rates in haste. Signals come in order of time. */
export function findBursts(recent: readonly Signal[], limits: WatchLimits): Finding[] {
  const groups = groupBy(recent, ({ subjectId, network }) =>
    network === null ? null : `${subjectId} ${network}`,
  );
  return [...groups]
    .map(([about, signals]) => toFinding('burst', about, withinBursts(signals, limits)))
    .filter(({ ratingIds }) => ratingIds.length > 0);
}

/** Those that lie within some window together with as many as make a burst. */
function withinBursts(signals: readonly Signal[], limits: WatchLimits): Signal[] {
  const { burstRatings, burstMinutes } = limits;
  const found = new Set<Signal>();
  for (const [index, last] of signals.entries()) {
    const first = signals[index - burstRatings + 1];
    if (!first) continue;
    if (last.ratedAt.getTime() - first.ratedAt.getTime() > burstMinutes * 60_000) continue;
    for (const one of signals.slice(index - burstRatings + 1, index + 1)) found.add(one);
  }
  return [...found];
}

/** Devices on which many people rate. */
export function findSharedDevices(day: readonly Signal[], limits: WatchLimits): Finding[] {
  const groups = groupBy(day, ({ device, personId }) => (personId === null ? null : device));
  return [...groups]
    .filter(([, signals]) => {
      const people = new Set(signals.map(({ personId }) => personId));
      return people.size >= limits.deviceAccounts;
    })
    .map(([about, signals]) => toFinding('device', about, signals));
}

function toFinding(pattern: CasePattern, about: string, signals: readonly Signal[]): Finding {
  return { pattern, about, ratingIds: signals.map(({ ratingId }) => ratingId) };
}

function groupBy(
  signals: readonly Signal[],
  keyOf: (signal: Signal) => string | null,
): Map<string, Signal[]> {
  const groups = new Map<string, Signal[]>();
  for (const signal of signals) {
    const key = keyOf(signal);
    if (key === null) continue;
    const group = groups.get(key) ?? [];
    group.push(signal);
    groups.set(key, group);
  }
  return groups;
}
