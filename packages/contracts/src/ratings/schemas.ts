import * as z from 'zod';
import { idSchema, instantSchema, pageOf, pageQuery, wordsSchema } from '../primitives.ts';
import { levelSchema, reasonCodeSchema } from './question-schemas.ts';

/** Set by the service that minted it: 128 random bits as text. */
export const rightTokenSchema = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9_-]{22,64}$/);

export const newRatingSchema = z.strictObject({
  /** Token or short code of the scanned code. */
  token: z.string().max(64),
  level: levelSchema,
  reasons: z.array(reasonCodeSchema).max(5).default([]),
  words: wordsSchema.default(''),
  /** Version of the question set that the form showed; the one in force unless given. */
  questionVersion: z.number().int().min(0).max(1_000_000).optional(),
  /** Whether the rated person may learn who rated, and at once. */
  isNamed: z.boolean().default(false),
  /** Photos that were uploaded by the same rater. */
  photoIds: z.array(idSchema).max(3).default([]),
  /** One-use right to rate a service that was given. */
  right: rightTokenSchema.optional(),
});
export type NewRating = z.output<typeof newRatingSchema>;

export const ratingKinds = ['walk-up', 'bound', 'again'] as const;
/** Left out: an officer found that it is misuse. */
export const ratingStates = ['counted', 'withdrawn', 'left-out'] as const;
export const wordsStates = ['shown', 'in-review', 'hidden'] as const;

export const ratingReplySchema = z.object({
  text: z.string(),
  state: z.enum(wordsStates),
  repliedAt: instantSchema,
});

export const ratingSchema = z.object({
  id: idSchema,
  subjectId: idSchema,
  subjectName: z.string(),
  kind: z.enum(ratingKinds),
  level: levelSchema,
  questionVersion: z.number().int(),
  reasons: z.array(z.string()),
  words: z.string(),
  /** What others see of the words: 审核中 while an officer looks at them. */
  wordsState: z.enum(wordsStates),
  photoCount: z.number().int(),
  isNamed: z.boolean(),
  state: z.enum(ratingStates),
  ratedAt: instantSchema,
  /** Whether the rating may earn points: rated by a signed-in resident. */
  isVerified: z.boolean(),
  /** Given by staff for somebody without a phone. */
  isAssisted: z.boolean(),
  /** The rating that this one was given after, once its trouble was put right. */
  ratesAgain: idSchema.nullable(),
});
export type Rating = z.output<typeof ratingSchema>;

/** A rating as its own rater sees it, with the answer of the rated. */
export const ownRatingSchema = ratingSchema.extend({
  reply: ratingReplySchema.nullable(),
  /** Until when it can be withdrawn; null where that is over. */
  withdrawableUntil: instantSchema.nullable(),
});
export const ratingPageSchema = pageOf(ownRatingSchema);
export const ratingQuerySchema = z.strictObject(pageQuery);
