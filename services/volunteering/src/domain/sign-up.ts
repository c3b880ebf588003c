import { isAgeWithin, isMinorOn } from './age.ts';

/** What is known of somebody who wants a place. */
export interface Candidate {
  birthMonth: string;
  guardianOn: string | null;
  skillIds: readonly string[];
}

/** What a place asks. */
export interface PlaceTerms {
  /** The day on which the shift begins. */
  on: string;
  leastAge: number | null;
  mostAge: number | null;
  skillId: string | null;
}

export type Fitness = 'fits' | 'age-outside' | 'guardian-wanted' | 'skill-wanted';

/** Whether somebody may have a place: of the age, with a guardian's word under age, with its skill. */
export function decideFitness(one: Candidate, terms: PlaceTerms): Fitness {
  const { on, leastAge, mostAge, skillId } = terms;
  if (!isAgeWithin(one.birthMonth, on, { least: leastAge, most: mostAge })) return 'age-outside';
  if (isMinorOn(one.birthMonth, on) && one.guardianOn === null) return 'guardian-wanted';
  return skillId === null || one.skillIds.includes(skillId) ? 'fits' : 'skill-wanted';
}

/** When to remind of a shift; null where that time is over. */
export function reminderOf(startsAt: Date, now: Date, hours: number): Date | null {
  const at = new Date(startsAt.getTime() - hours * 3_600_000);
  return at > now ? at : null;
}
