import * as z from 'zod';
import { publicityDaysSchema } from '../notices/schemas.ts';
import {
  civilDateSchema,
  idSchema,
  instantSchema,
  nameSchema,
  pageOf,
  pageQuery,
  wordsSchema,
} from '../primitives.ts';

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

const count = z.number().int().min(1).max(1_000);
const minutes = z.number().int().min(1).max(1_440);
const titleZhSchema = nameSchema.max(40);
const titleEnSchema = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/, '英文 · plain English letters');

export const ruleOptionSchema = z.strictObject({
  key: slugSchema,
  zh: titleZhSchema,
  en: titleEnSchema,
  points: awardAmountSchema,
});

const terms = {
  basis: z.enum(ruleBases),
  title: z.strictObject({ zh: titleZhSchema, en: titleEnSchema }),
  /** Equal where the amount is fixed. */
  leastPoints: awardAmountSchema,
  mostPoints: awardAmountSchema,
  /** Where the amount follows from a choice; the range is then that of the options. */
  options: z.array(ruleOptionSchema).min(1).max(20).nullable(),
  /** Where the amount is for so many minutes, and how many of a day count. */
  perMinutes: minutes.nullable(),
  dailyMinutes: minutes.nullable(),
  /** Awards of one person in a day and in a month; null: no cap. */
  dailyCap: count.nullable(),
  monthlyCap: count.nullable(),
  /** Points in a month over everybody; null: no cap. */
  programmeMonthPoints: z.number().int().min(1).max(1_000_000_000).nullable(),
  isEvidenceWanted: z.boolean(),
  /** From so many points on another officer approves; null: never. */
  approvalFromPoints: awardAmountSchema.nullable(),
  /** From so many points on an award stands on the public board first; null: never. */
  publicityFromPoints: awardAmountSchema.nullable(),
  publicityDays: publicityDaysSchema,
  maturesAfterHours: z.number().int().min(0).max(720),
  fromOn: civilDateSchema,
  /** The last day; null: until another version follows. */
  toOn: civilDateSchema.nullable(),
};

/** What a version of a rule says. */
export const ruleTermsSchema = z.strictObject({ rule: slugSchema, ...terms });
export type RuleTerms = z.output<typeof ruleTermsSchema>;

export const ruleSchema = z.object({
  rule: slugSchema,
  version: z.number().int(),
  ...terms,
  /** Whether it is the product's own, for programmes that have no version of theirs. */
  isDefault: z.boolean(),
});
export const rulePageSchema = pageOf(ruleSchema);
export const ruleParams = z.strictObject({ rule: slugSchema });
export const rulesQuerySchema = z.strictObject({
  ...pageQuery,
  /** The programme of the person who asks, unless another is named. */
  programmeId: idSchema.optional(),
});
export const ruleVersionsQuerySchema = z.strictObject(pageQuery);

export const draftStates = ['open', 'approved', 'withdrawn'] as const;
export const newRuleDraftSchema = z.strictObject({
  terms: ruleTermsSchema,
  /** Why the rule is to change. */
  reason: wordsSchema.min(4),
});
export const newRuleEndingSchema = z.strictObject({
  toOn: civilDateSchema,
  reason: wordsSchema.min(4),
});
export const draftWithdrawalSchema = z.strictObject({ reason: wordsSchema.min(4) });
export const ruleDraftSchema = z.object({
  id: idSchema,
  state: z.enum(draftStates),
  terms: ruleTermsSchema,
  reason: z.string(),
  /** Whether the person who asks drafted it, and so cannot approve it. */
  isOwn: z.boolean(),
  draftedByRole: z.string(),
  draftedAt: instantSchema,
  decidedByRole: z.string().nullable(),
  decidedAt: instantSchema.nullable(),
  withdrawalReason: z.string().nullable(),
  /** The version it became; null unless it was approved. */
  version: z.number().int().nullable(),
});
export type RuleDraft = z.output<typeof ruleDraftSchema>;
export const ruleDraftPageSchema = pageOf(ruleDraftSchema);
export const ruleDraftsQuerySchema = z.strictObject({
  ...pageQuery,
  state: z.enum(draftStates).optional(),
});

/** A version to try on what was recorded; the quarter that ended last unless days are named. */
export const newDryRunSchema = z.strictObject({
  terms: ruleTermsSchema,
  fromOn: civilDateSchema.optional(),
  toOn: civilDateSchema.optional(),
});
const tallySchema = z.object({
  persons: z.number().int(),
  awards: z.number().int(),
  points: z.number().int(),
  /** Events that a cap refused. */
  capped: z.number().int(),
});
export const dryRunSchema = z.object({
  fromOn: civilDateSchema,
  /** The last day looked at: an earlier one than was asked for where there was too much. */
  toOn: civilDateSchema.nullable(),
  isCut: z.boolean(),
  events: z.number().int(),
  before: tallySchema,
  after: tallySchema,
  /** The most that one person would have got more, and got less; nobody is named. */
  largestGainPoints: z.number().int(),
  largestLossPoints: z.number().int(),
});
