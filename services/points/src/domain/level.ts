import type { CivilDate } from '@ddp/calendar/civil-date';
import type { Level } from '@ddp/contracts/points/settings';

/** The standing that a person's level is kept at for a while after losing standing. */
export interface KeptLevel {
  standing: number;
  /** The last day of it. */
  until: CivilDate;
}

/** The standing that levels go by on a day: what is there, or for a while what was. */
export function levelStanding(standing: number, kept: KeptLevel | null, today: CivilDate): number {
  return kept !== null && kept.until >= today ? Math.max(standing, kept.standing) : standing;
}

/** The level that a standing gives; levels rise from 0. */
export function levelOf(levels: readonly Level[], standing: number): Level {
  const level = levels.findLast(({ fromStanding }) => standing >= fromStanding) ?? levels[0];
  if (level === undefined) throw new Error('a programme has no levels');
  return level;
}

/** Standing of the next level; null at the highest. */
export function nextLevelAt(levels: readonly Level[], standing: number): number | null {
  return levels.find(({ fromStanding }) => fromStanding > standing)?.fromStanding ?? null;
}
