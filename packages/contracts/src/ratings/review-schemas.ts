import * as z from 'zod';
import {
  areaPathSchema,
  civilDateSchema,
  idSchema,
  instantSchema,
  nameSchema,
  pageOf,
  pageQuery,
  wordsSchema,
} from '../primitives.ts';
import { levelSchema } from './question-schemas.ts';
import { ratingKinds, ratingSchema, ratingStates, wordsStates } from './schemas.ts';

/** Words that somebody has to answer for: why something was decided. */
const reasonWordsSchema = wordsSchema.min(1).max(500);

export const flagReasons = ['not-a-service', 'insult', 'competitor', 'coerced', 'test'] as const;

/** Given by what a follow-up or an appeal came to. */
export const caseReasons = ['mistaken', 'malicious', 'appeal-upheld'] as const;
export type FlagReason = (typeof flagReasons)[number] | (typeof caseReasons)[number];

export const newFlagSchema = z.strictObject({
  reason: z.enum(flagReasons),
  evidence: reasonWordsSchema,
});
export const flagLiftingSchema = z.strictObject({ words: reasonWordsSchema });

export const flagSchema = z.object({
  reason: z.enum([...flagReasons, ...caseReasons]),
  evidence: z.string(),
  flaggedByRole: z.string(),
  flaggedAt: instantSchema,
});

/** A rating as officers see it: whoever gave it is not among what they see. */
export const officerRatingSchema = ratingSchema.extend({
  raterClass: z.enum(['verified', 'guest', 'assisted']),
  areaPath: areaPathSchema,
  unitId: idSchema.nullable(),
  flag: flagSchema.nullable(),
});
export type OfficerRating = z.output<typeof officerRatingSchema>;
export const officerRatingPageSchema = pageOf(officerRatingSchema);
export const officerRatingQuerySchema = z.strictObject({
  ...pageQuery,
  subjectId: idSchema.optional(),
  level: z.coerce.number().pipe(levelSchema).optional(),
  kind: z.enum(ratingKinds).optional(),
  state: z.enum(ratingStates).optional(),
  /** in-review: what the word list stopped. */
  wordsState: z.enum(wordsStates).optional(),
  fromOn: civilDateSchema.optional(),
  toOn: civilDateSchema.optional(),
});

export const wordsDecisionSchema = z.strictObject({
  decision: z.enum(['release', 'hide']),
  reason: reasonWordsSchema,
});

export const replyReviewSchema = z.object({
  id: idSchema,
  ratingId: idSchema,
  text: z.string(),
  state: z.enum(wordsStates),
  repliedAt: instantSchema,
});
export const replyPageSchema = pageOf(replyReviewSchema);
export const replyQuerySchema = z.strictObject({
  ...pageQuery,
  state: z.enum(wordsStates).default('in-review'),
});

export const newScreenedWordSchema = z.strictObject({ word: nameSchema });
export const screenedWordSchema = z.object({
  id: idSchema,
  word: z.string(),
  addedAt: instantSchema,
});
export const screenedWordPageSchema = pageOf(screenedWordSchema);
export const screenedWordQuerySchema = z.strictObject(pageQuery);
