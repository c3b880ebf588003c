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

/** Verified: scanned, within the shift and confirmed. Recorded: typed in, shown apart, earns nothing. */
export const hoursKinds = ['verified', 'recorded'] as const;
export type HoursKind = (typeof hoursKinds)[number];

export const newRecordedHoursSchema = z.strictObject({
  teamId: idSchema,
  /** A member of the team. */
  personId: idSchema,
  on: civilDateSchema,
  minutes: z.number().int().min(1).max(720),
  words: wordsSchema.min(2, '请写明服务内容 · what was done').max(200),
});
export const newCorrectionSchema = z.strictObject({
  /** What is right, in all: never more than the shift was long. */
  minutes: z.number().int().min(0).max(720),
  reason: wordsSchema.min(2, '请写明原因 · a reason').max(200),
});

export const hoursSchema = z.object({
  id: idSchema,
  kind: z.enum(hoursKinds),
  /** What it was for: the activity, or the words that were typed. */
  title: z.string(),
  teamName: z.string(),
  areaPath: areaPathSchema,
  /** The day on which it began, in Asia/Shanghai. */
  on: civilDateSchema,
  minutes: z.number().int(),
  /** Minutes that were beyond what counts in a day. */
  beyondCap: z.number().int(),
  version: z.number().int(),
  countedAt: instantSchema,
});
export type Hours = z.output<typeof hoursSchema>;
export const myHoursPageSchema = pageOf(hoursSchema).extend({
  verifiedMinutes: z.number().int(),
  recordedMinutes: z.number().int(),
});
export const hoursQuerySchema = z.strictObject({
  ...pageQuery,
  kind: z.enum(hoursKinds).optional(),
});
export const ledHoursSchema = hoursSchema.extend({ personId: idSchema, maskedName: z.string() });
export const ledHoursPageSchema = pageOf(ledHoursSchema);
export const wholeHoursSchema = ledHoursSchema.extend({
  /** Minutes of each day that it touches. */
  days: z.array(z.object({ on: civilDateSchema, minutes: z.number().int() })),
  corrections: z.array(
    z.object({
      version: z.number().int(),
      before: z.number().int(),
      after: z.number().int(),
      reason: z.string(),
      correctedAt: instantSchema,
    }),
  ),
});

/** Drawn by lot, kept by staff for others, or an activity of many who never served before. */
export const reviewKinds = ['sample', 'assisted', 'crowd'] as const;
export const reviewOutcomes = ['confirmed', 'not-reached', 'false'] as const;
export const newReviewOutcomeSchema = z.strictObject({
  outcome: z.enum(reviewOutcomes),
  words: wordsSchema.min(2, '请写明结果 · what was found').max(200),
});
export const reviewSchema = z.object({
  id: idSchema,
  kind: z.enum(reviewKinds),
  /** Null where it is about an order of the menu. */
  activityId: idSchema.nullable(),
  orderId: idSchema.nullable(),
  title: z.string(),
  /** Whom to ask; null where it is about a whole activity. */
  hoursId: idSchema.nullable(),
  maskedName: z.string().nullable(),
  /** Who ordered it, to be called back; null unless it is about an order. */
  orderedBy: z.string().nullable(),
  outcome: z.enum(reviewOutcomes).nullable(),
  words: z.string().nullable(),
  listedAt: instantSchema,
  reviewedAt: instantSchema.nullable(),
});
export type Review = z.output<typeof reviewSchema>;
export const reviewPageSchema = pageOf(reviewSchema);
export const reviewQuerySchema = z.strictObject({
  ...pageQuery,
  kind: z.enum(reviewKinds).optional(),
  openOnly: z.enum(['true', 'false']).default('false'),
});
