import * as z from 'zod';
import {
  areaPathSchema,
  civilDateSchema,
  idSchema,
  instantSchema,
  pageOf,
  pageQuery,
  wordsSchema,
} from '../primitives.ts';

/**
 * proposed: reached, its entry is asked for. published: up on the board. objected: an objection waits
 * for its answer. active: counts. refused: an objection was upheld. ending: its hours are no longer
 * there, and it may be appealed. withdrawn, ended: over, before and after it counted.
 */
export const starStates = [
  'proposed',
  'published',
  'objected',
  'active',
  'refused',
  'ending',
  'withdrawn',
  'ended',
] as const;
export type StarState = (typeof starStates)[number];

/** Why a star is refused, withdrawn or ends. */
export const starReasons = [
  'hours-corrected',
  'objection-upheld',
  'entry-withdrawn',
  'appeal-granted',
  'person-left',
] as const;
export type StarReason = (typeof starReasons)[number];

export const starSchema = z.object({
  id: idSchema,
  level: z.number().int(),
  /** Verified hours that it took when it was reached. */
  hours: z.number().int(),
  state: z.enum(starStates),
  reason: z.enum(starReasons).nullable(),
  /** Number and days of its entry on the board; null until it is up. */
  reference: z.string().nullable(),
  publishedFrom: civilDateSchema.nullable(),
  publishedTo: civilDateSchema.nullable(),
  proposedAt: instantSchema,
  activeAt: instantSchema.nullable(),
  /** Until when it may be appealed that it is refused or ends. */
  appealUntil: instantSchema.nullable(),
  appeal: z.string().nullable(),
  /** What was decided of the appeal, and why. */
  decision: z.string().nullable(),
  endedAt: instantSchema.nullable(),
});
export type Star = z.output<typeof starSchema>;
export const myStarsPageSchema = pageOf(starSchema).extend({
  /** The highest star that counts; 0 for none. */
  level: z.number().int(),
});
export const ledStarSchema = starSchema.extend({
  personId: idSchema,
  maskedName: z.string(),
  areaPath: areaPathSchema,
});
export const ledStarPageSchema = pageOf(ledStarSchema);
export const myStarQuerySchema = z.strictObject(pageQuery);
export const starQuerySchema = z.strictObject({
  ...pageQuery,
  state: z.enum(starStates).optional(),
  /** What somebody has to decide. */
  appealedOnly: z.enum(['true', 'false']).default('false'),
});

export const newStarAppealSchema = z.strictObject({
  text: wordsSchema.min(4, '请写明理由 · say why').max(400),
});
export const starDecisionSchema = z.strictObject({
  /** granted: the star stays, or is put on the board again. */
  verdict: z.enum(['granted', 'rejected']),
  reason: wordsSchema.min(4, '请写明理由 · say why').max(400),
});
