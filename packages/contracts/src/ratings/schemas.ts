import * as z from 'zod';
import { idSchema, instantSchema, pageOf, pageQuery, wordsSchema } from '../primitives.ts';

/** 非常满意 5, 满意 4, 基本满意 3, 不满意 2, 非常不满意 1; the last two are 差评. */
export const levelSchema = z.number().int().min(1).max(5);

export const reasonCodes = [
  'patient',
  'prompt',
  'skilled',
  'clear',
  'slow',
  'absent',
  'rude',
  'unclear',
  'unsolved',
] as const;

export const newRatingSchema = z.strictObject({
  /** Token or short code of the scanned code. */
  token: z.string().max(64),
  level: levelSchema,
  reasons: z.array(z.enum(reasonCodes)).max(5).default([]),
  words: wordsSchema.default(''),
});

export const ratingSchema = z.object({
  id: idSchema,
  subjectId: idSchema,
  subjectName: z.string(),
  level: levelSchema,
  reasons: z.array(z.string()),
  words: z.string(),
  ratedAt: instantSchema,
  /** Whether the rating may earn points: rated by a signed-in resident. */
  isVerified: z.boolean(),
});
export type Rating = z.output<typeof ratingSchema>;
export const ratingPageSchema = pageOf(ratingSchema);
export const ratingQuerySchema = z.strictObject(pageQuery);

/** Mean of verified ratings with its sample; null where fewer than five have come in. */
export const scoreSchema = z.object({
  subjectId: idSchema,
  count: z.number().int(),
  guestCount: z.number().int(),
  mean: z.number().nullable(),
  /** Half-width of the 95 % interval. */
  margin: z.number().nullable(),
  /** Product rule: ratings alone never decide pay or dismissal. */
  notice: z.string(),
});
