import * as z from 'zod';
import {
  areaPathSchema,
  idSchema,
  instantSchema,
  pageOf,
  pageQuery,
  wordsSchema,
} from '../primitives.ts';
import { ratingRefSchema } from './own-schemas.ts';

export const appealStates = ['open', 'upheld', 'rejected'] as const;

export const ratingAppealSchema = z.strictObject({
  /** Why the rating is wrong, and what shows it. */
  text: wordsSchema.min(4),
});
export const ratingAppealDecisionSchema = z.strictObject({
  /** Upheld: the rating is kept and no longer counts. */
  verdict: z.enum(['upheld', 'rejected']),
  reason: wordsSchema.min(4),
});

const appealFields = {
  id: idSchema,
  text: z.string().nullable(),
  state: z.enum(appealStates),
  appealedAt: instantSchema,
  decision: z.string().nullable(),
  decidedAt: instantSchema.nullable(),
};
/** An appeal as the rated see it, who are not told the time of the rating by its id. */
export const appealSchema = z.object({ ...appealFields, ref: ratingRefSchema });
export const appealPageSchema = pageOf(appealSchema);
export const staffAppealSchema = z.object({
  ...appealFields,
  ratingId: idSchema,
  followUpId: idSchema,
  subjectId: idSchema,
  subjectName: z.string(),
  areaPath: areaPathSchema,
  appellantId: idSchema.nullable(),
  decidedBy: idSchema.nullable(),
});
export const staffAppealPageSchema = pageOf(staffAppealSchema);
export const appealQuerySchema = z.strictObject({
  ...pageQuery,
  state: z.enum(appealStates).optional(),
});

/** A bad rating that the rated may know of, with the week alone and nobody's name. */
export const appealableRatingSchema = z.object({
  ref: ratingRefSchema,
  subjectId: idSchema,
  level: z.number().int(),
  reasons: z.array(z.string()),
  /** Monday's week of the rating, `2026-W40`. */
  week: z.string(),
  /** Until then it may be appealed against. */
  appealUntil: instantSchema,
  appealId: idSchema.nullable(),
});
export const appealableRatingPageSchema = pageOf(appealableRatingSchema);
export const appealableQuerySchema = z.strictObject(pageQuery);
