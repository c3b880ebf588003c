import * as z from 'zod';

/**
 * What a rule may count at all. Whatever is not in this list cannot be an input of a rule: neither
 * petitions, speech, religion, health, family planning nor a protected trait of a person.
 */
export const ruleBases = [
  'rating',
  'volunteering',
  'activity',
  'meeting',
  'mediation',
  'good-deed',
  'honour',
] as const;
export type RuleBasis = (typeof ruleBases)[number];

/** What staff awards by; ratings and volunteering earn by themselves. */
export const staffBases = ['activity', 'meeting', 'mediation', 'good-deed', 'honour'] as const;

/** Name of a rule, and of one of its options: `good-deed`. */
export const slugSchema = z
  .string()
  .max(32)
  .regex(/^[a-z]+(-[a-z]+)*$/);

/** Points of one award. */
export const awardAmountSchema = z.number().int().min(1).max(10_000);

/** Which cap refused an award: of a rule, of a person over all rules, of the whole programme. */
export const caps = [
  'rule-day',
  'rule-month',
  'person-day',
  'person-month',
  'programme-month',
] as const;
export type Cap = (typeof caps)[number];
