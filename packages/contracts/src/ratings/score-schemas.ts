import * as z from 'zod';
import { areaCodeSchema, idSchema } from '../primitives.ts';

/** `YYYY-MM` in Asia/Shanghai. */
export const monthSchema = z
  .string()
  .regex(/^20[0-9]{2}-(0[1-9]|1[0-2])$/, '年月，如 2026-11 · a month, such as 2026-11');

export const scoreQuerySchema = z.strictObject({
  /** First and last month of the period; all that is told unless given. */
  fromMonth: monthSchema.optional(),
  toMonth: monthSchema.optional(),
});

/**
 * The ratings of groups of five raters or more; what is in no such group yet is told nowhere. Null
 * where nothing is told.
 */
export const scoreFigures = {
  /** Ratings of verified residents that are told. */
  count: z.number().int(),
  guestCount: z.number().int(),
  /** Given by staff for people without a phone; not in the mean of a subject. */
  assistedCount: z.number().int(),
  /** Bayesian mean by the programme's weights. */
  mean: z.number().nullable(),
  /** Half-width of the 95 % interval. */
  margin: z.number().nullable(),
  /** How many ratings gave each level, 1 to 5; verified residents only. */
  levels: z.array(z.number().int()).length(5),
};

export const scoreSchema = z.object({
  subjectId: idSchema,
  ...scoreFigures,
  /** Product rule: ratings alone never decide pay or dismissal. */
  notice: z.string(),
});

export const scoreHistorySchema = z.object({
  subjectId: idSchema,
  /** The last months in which something was told, oldest first. */
  months: z.array(z.object({ month: monthSchema, ...scoreFigures })).max(60),
  notice: z.string(),
});

export const areaScoreQuerySchema = scoreQuerySchema.extend({ areaCode: areaCodeSchema });
export const areaScoreSchema = z.object({
  areaCode: areaCodeSchema,
  ...scoreFigures,
  notice: z.string(),
});

export const unitScoreSchema = z.object({
  unitId: idSchema,
  ...scoreFigures,
  notice: z.string(),
});
