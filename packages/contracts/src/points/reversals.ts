import * as z from 'zod';
import { idSchema, instantSchema, pageOf, pageQuery, wordsSchema } from '../primitives.ts';

/** Why an award is taken back; nothing else takes standing or points away. */
export const reversalReasons = ['mistaken', 'false-evidence'] as const;

/**
 * Noticed: nothing is taken while it may be appealed against. Appealed: nothing is taken until
 * somebody else than its author has decided. Then it is reversed or lifted, for good.
 */
export const reversalStates = ['noticed', 'appealed', 'reversed', 'lifted'] as const;

export const newReversalSchema = z.strictObject({
  reason: z.enum(reversalReasons),
  /** What shows that the award was mistaken or false; the resident reads it. */
  evidence: wordsSchema.min(4),
});

export const reversalSchema = z.object({
  id: idSchema,
  awardId: idSchema,
  rule: z.string(),
  amountPoints: z.number().int(),
  reason: z.enum(reversalReasons),
  evidence: z.string().nullable(),
  state: z.enum(reversalStates),
  noticedAt: instantSchema,
  /** Until then the resident may appeal. */
  appealUntil: instantSchema,
  appeal: z.string().nullable(),
  appealedAt: instantSchema.nullable(),
  decision: z.string().nullable(),
  endedAt: instantSchema.nullable(),
});
export const reversalPageSchema = pageOf(reversalSchema);
export const staffReversalSchema = reversalSchema.extend({
  /** Null once the person was erased, and for a rating until its rater appeals. */
  personId: idSchema.nullable(),
  noticedBy: idSchema.nullable(),
  decidedBy: idSchema.nullable(),
});
export const staffReversalPageSchema = pageOf(staffReversalSchema);
export const reversalQuerySchema = z.strictObject({
  ...pageQuery,
  state: z.enum(reversalStates).optional(),
});

export const appealSchema = z.strictObject({ text: wordsSchema.min(4) });
export const reversalDecisionSchema = z.strictObject({
  verdict: z.enum(['reversed', 'lifted']),
  reason: wordsSchema.min(4),
});
export const reversalLiftingSchema = z.strictObject({ reason: wordsSchema.min(4) });
