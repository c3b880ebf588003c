import * as z from 'zod';
import { newConsentSchema } from '../consent.ts';
import { civilDateSchema, idSchema, pageOf, pageQuery, wordsSchema } from '../primitives.ts';
import { levelSchema, reasonCodeSchema } from './question-schemas.ts';
import { newRatingSchema, ratingReplySchema } from './schemas.ts';

/** A rating given anew, after what it was about was put right; the code need not be scanned again. */
export const newReRatingSchema = newRatingSchema.omit({ token: true, right: true });

/** Stands for a rating towards the rated, who cannot read from it when it was given. */
export const ratingRefSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{22}$/, '评价编号 · the reference of a rating');
export const ratingRefParams = z.strictObject({ ref: ratingRefSchema });

/** A rating as the rated see it: the week and not the day, and words that may be shown. */
export const shownRatingSchema = z.object({
  ref: ratingRefSchema,
  subjectId: idSchema,
  level: levelSchema,
  reasons: z.array(z.string()),
  words: z.string(),
  /** First day of the week, a Monday. */
  weekOf: civilDateSchema,
  reply: ratingReplySchema.nullable(),
});
export const shownRatingPageSchema = pageOf(shownRatingSchema);
export const shownRatingQuerySchema = z.strictObject({
  ...pageQuery,
  /** An organization whose unit the caller serves in; the caller's own ratings unless given. */
  subjectId: idSchema.optional(),
});

export const newReplySchema = z.strictObject({ text: wordsSchema.min(1) });

export const newRightSchema = z.strictObject({
  subjectId: idSchema,
  /** Who may use it; whoever bears its token where null. */
  personId: idSchema.nullable(),
  /** The finished service event; it gives one right. */
  sourceId: idSchema,
  expiresInHours: z.number().int().min(1).max(720).default(168),
});
export const rightSchema = z.object({
  id: idSchema,
  /** The one-use token that the rating has to bring. */
  token: z.string(),
});

export const newAssistedRatingSchema = newRatingSchema
  .omit({ right: true, isNamed: true, photoIds: true })
  .extend({
    reasons: z.array(reasonCodeSchema).max(5).default([]),
    /** The elder where registered; else null, and a name of the staff's own making. */
    personId: idSchema.nullable(),
    elderRef: z
      .string()
      .min(1)
      .max(40)
      .regex(/^[A-Za-z0-9-]+$/, '字母、数字或连字符 · letters, digits, hyphens')
      .nullable(),
    consent: newConsentSchema,
  });
